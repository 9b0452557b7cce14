/**
 * The two ends of a pairing, client and server, each played by the Go peer (a process, see {@code go-peer/README.md}) or by a Java peer with the
 * same routes, behind one interface.
 */
@NullMarked
package io.teleport.interop.peers;

import org.jspecify.annotations.NullMarked;
