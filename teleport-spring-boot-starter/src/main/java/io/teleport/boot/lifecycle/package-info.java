/**
 * Starting and stopping peers with the application context, and telling of it.
 */
@NullMarked
package io.teleport.boot.lifecycle;

import org.jspecify.annotations.NullMarked;
