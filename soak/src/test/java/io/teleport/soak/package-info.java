/**
 * Traffic of all kinds between two processes, for as long as is asked, while connections are cut, stalled, closed and taken over; and at the end an account
 * of every single message. {@code soak/run} starts it, {@link io.teleport.soak.Soak} is the process that does.
 */
@NullMarked
package io.teleport.soak;

import org.jspecify.annotations.NullMarked;
