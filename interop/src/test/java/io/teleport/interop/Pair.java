package io.teleport.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.interop.peers.Ask;
import io.teleport.interop.peers.ClientSide;
import io.teleport.interop.peers.Outcome;
import io.teleport.interop.peers.ServerSide;
import io.teleport.interop.peers.Wire;
import io.teleport.message.Status;

/** A client connected to a server, and what cases often want to know of them. */
interface Pair {

    Wire wire();

    ClientSide client();

    ServerSide server();

    /** Checks a successful call's result. */
    default <T> void assertResult(Outcome<T> outcome, T expected) {
        assertThat(outcome.status().code()).as("code of %s", outcome).isZero();
        assertThat(outcome.value()).isEqualTo(expected);
    }

    default void assertStatus(Outcome<?> outcome, int code, String msg, String cause) {
        assertThat(outcome.status()).isEqualTo(Status.of(code, msg, cause));
        assertThat(outcome.value()).isNull();
    }

    /** Checks that the session goes on as if nothing had happened. */
    default void assertSessionWorks() {
        assertResult(client().call(Ask.sum(20, 22)), 42);
    }
}
