/**
 * What the stress tests of all rooms run on: an event loop and a network that move only when a test, from whichever thread, lets them.
 */
@NullMarked
package io.teleport.jcstress;

import org.jspecify.annotations.NullMarked;
