/**
 * Micrometer meters of sockets and calls.
 */
@NullMarked
package io.teleport.boot.metrics;

import org.jspecify.annotations.NullMarked;
