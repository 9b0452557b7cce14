/**
 * The secure plugin: encrypted bodies, in the form of Go Teleport's plugin of that name (weak, for compatibility) or with AES-GCM between peers
 * that have this one.
 */
@NullMarked
package io.teleport.plugin.secure;

import org.jspecify.annotations.NullMarked;
