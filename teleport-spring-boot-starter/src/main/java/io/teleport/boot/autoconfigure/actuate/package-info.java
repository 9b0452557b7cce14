/**
 * Auto-configuration of the Actuator endpoints, absent without Actuator.
 */
@NullMarked
package io.teleport.boot.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
