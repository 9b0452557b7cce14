/** Status messages: taken from clients, and broadcast to them. */
@NullMarked
package io.teleport.sample.status;

import org.jspecify.annotations.NullMarked;
