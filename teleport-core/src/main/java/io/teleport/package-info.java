/**
 * Teleport for Java: a symmetric, session-based RPC framework over lasting sockets.
 */
@NullMarked
package io.teleport;

import org.jspecify.annotations.NullMarked;
