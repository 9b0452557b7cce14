package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.teleport.testing.LoggedLines;
import org.junit.jupiter.api.Test;

/** The lines of behaviour.md section 10 other than those of the run log. */
class LifecycleLogTests extends PeerPair {

    @Override
    String address() {
        return "tcp://127.0.0.1:0";
    }

    @Test
    void listeningDialingAndAcceptingAreLogged() {
        try (LoggedLines lines = LoggedLines.of("io.teleport.peer", Level.DEBUG)) {
            connect();
            session.request("/nowhere").call(null, Void.class);
            assertThat(lines.lines())
                    .anyMatch(line -> line.startsWith("INFO peer server: listening on tcp://127.0.0.1:"))
                    .anyMatch(line -> line.contains("session 127.0.0.1:") && line.contains("open"));
        }
    }

    @Test
    void registeringHandlersIsLogged() {
        try (LoggedLines lines = LoggedLines.of("io.teleport.router", Level.DEBUG);
                Peer peer = Peer.client()) {
            peer.router()
                    .call("/x", String.class, (context, text) -> text)
                    .push("/y", String.class, (context, text) -> {})
                    .unknownCall(String.class, (context, text) -> text);
            assertThat(lines.lines())
                    .containsExactly(
                            "DEBUG register CALL handler: /x",
                            "DEBUG register PUSH handler: /y",
                            "DEBUG set UNKNOWN_CALL handler");
        }
    }

    @Test
    void aNewIdIsLogged() {
        connect();
        String before = session.id();
        try (LoggedLines lines = LoggedLines.of("io.teleport.session", Level.TRACE)) {
            session.rename("ada");
            session.rename("ada");
            assertThat(lines.lines()).containsExactly("TRACE session changes id: " + before + " -> ada");
        }
    }
}
