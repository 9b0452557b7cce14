/**
 * Peers: the front door. Options, listening, dialing, shutting down.
 */
@NullMarked
package io.teleport.peer;

import org.jspecify.annotations.NullMarked;
