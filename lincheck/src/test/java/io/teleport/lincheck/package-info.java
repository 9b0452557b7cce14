/** How models are checked with Lincheck: how many scenarios, and under how many schedules each. */
@NullMarked
package io.teleport.lincheck;

import org.jspecify.annotations.NullMarked;
