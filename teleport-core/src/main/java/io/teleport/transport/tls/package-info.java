/**
 * TLS over TCP: whom a peer trusts, how it proves who it is, and what either side says when they do not get together.
 */
@NullMarked
package io.teleport.transport.tls;

import org.jspecify.annotations.NullMarked;
