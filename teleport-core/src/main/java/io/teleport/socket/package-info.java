/**
 * The guarded socket: one connection from its first byte to its one close reason, and the registry of open and recently closed
 * sockets. Guarantees G1 to G5 and G7 are kept here.
 */
@NullMarked
package io.teleport.socket;

import org.jspecify.annotations.NullMarked;
