/**
 * Actuator endpoints: peers with their routes, and open and recently closed sockets.
 */
@NullMarked
package io.teleport.boot.actuate;

import org.jspecify.annotations.NullMarked;
