/** Forwards calls and pushes that have no route of their own to another session, bytes as they are. Interoperates with the proxy plugin of Go Teleport. */
@NullMarked
package io.teleport.plugin.proxy;

import org.jspecify.annotations.NullMarked;
