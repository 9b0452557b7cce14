/**
 * What Go and Java peers must be able to do with each other: the cases once, as interfaces, and one test class for each pairing that runs them
 * all over every {@link io.teleport.interop.peers.Wire}.
 */
@NullMarked
package io.teleport.interop;

import org.jspecify.annotations.NullMarked;
