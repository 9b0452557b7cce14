/**
 * The auth plugin: the side that dials proves who it is with the first message, before the session is open, in the form of Go Teleport's plugin of that
 * name. {@link io.teleport.plugin.auth.AuthBearer} is for peers that dial, {@link io.teleport.plugin.auth.AuthChecker} for peers that accept.
 */
@NullMarked
package io.teleport.plugin.auth;

import org.jspecify.annotations.NullMarked;
