package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.StatusException;
import io.teleport.session.Reply;
import io.teleport.session.Session;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A reply that does not fit the wire must not leave its caller waiting (G4). */
class ReplyLimitTests {

    private static final String TOO_LONG = "x".repeat(70_000);

    @Test
    void replyWhoseMetadataIsTooLongBecomesA500() {
        try (Peer server = Peer.builder().listen("local://reply-limit-metadata").build();
                Peer client = Peer.client()) {
            server.router().call("/long", void.class, (context, nothing) -> {
                context.replyMeta("long", TOO_LONG);
                return "done";
            });
            assertThat(call(server, client)).isEqualTo(500);
        }
    }

    @Test
    void errorReplyWhoseMetadataIsTooLongBecomesA500() {
        try (Peer server = Peer.builder().listen("local://reply-limit-error").build();
                Peer client = Peer.client()) {
            server.router().call("/long", void.class, (context, nothing) -> {
                context.replyMeta("long", TOO_LONG);
                throw new StatusException(1001, "no");
            });
            assertThat(call(server, client)).isEqualTo(500);
        }
    }

    @Test
    void replyWhoseStatusIsTooLongBecomesA500() {
        try (Peer server = Peer.builder().listen("local://reply-limit-status").build();
                Peer client = Peer.client()) {
            server.router().call("/long", void.class, (context, nothing) -> {
                throw new StatusException(1001, TOO_LONG);
            });
            assertThat(call(server, client)).isEqualTo(500);
        }
    }

    private static int call(Peer server, Peer client) {
        server.start();
        Session session = client.dial(server.listening().get(0).toString());
        Reply<String> reply =
                session.request("/long").timeout(Duration.ofSeconds(10)).call(null, String.class);
        return reply.status().code();
    }
}
