/**
 * Transports: where connections come from, and who owns the threads that serve them.
 */
@NullMarked
package io.teleport.transport;

import org.jspecify.annotations.NullMarked;
