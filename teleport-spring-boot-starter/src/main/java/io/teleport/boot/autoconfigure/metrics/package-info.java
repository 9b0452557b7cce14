/**
 * Auto-configuration of the meters, absent without Micrometer.
 */
@NullMarked
package io.teleport.boot.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
