/**
 * Stress tests of sockets, in the room of what they test.
 */
@NullMarked
package io.teleport.socket;

import org.jspecify.annotations.NullMarked;
