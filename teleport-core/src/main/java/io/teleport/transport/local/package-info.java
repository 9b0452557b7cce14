/**
 * The in-memory transport: both ends in one process, no network.
 */
@NullMarked
package io.teleport.transport.local;

import org.jspecify.annotations.NullMarked;
