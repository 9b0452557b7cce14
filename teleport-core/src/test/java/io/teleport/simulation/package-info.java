/**
 * Deterministic simulation: whole peers on one thread, in a network and a time that one seed decides about. {@code World} runs everything, {@code Schedule}
 * makes a peer's life eventful, {@code Ledger} and {@code WireTap} check the guarantees G1 to G8 on what was recorded. Nothing here sleeps or knows the
 * real time, so a seed gives the same history each time.
 */
@NullMarked
package io.teleport.simulation;

import org.jspecify.annotations.NullMarked;
