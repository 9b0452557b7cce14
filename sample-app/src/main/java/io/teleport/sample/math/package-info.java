/** Arithmetic over CALL, with statuses for what cannot be computed. */
@NullMarked
package io.teleport.sample.math;

import org.jspecify.annotations.NullMarked;
