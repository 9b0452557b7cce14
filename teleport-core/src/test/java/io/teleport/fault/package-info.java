/**
 * Faults of networks, other sides, handlers and the system, over real sockets: each ends in a named reason or status, and harms no other session.
 */
@NullMarked
package io.teleport.fault;

import org.jspecify.annotations.NullMarked;
