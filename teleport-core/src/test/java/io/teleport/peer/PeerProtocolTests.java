package io.teleport.peer;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.session.Reply;
import io.teleport.session.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two peers that speak the same protocol, over TCP. */
class PeerProtocolTests {

    private static final String AWKWARD =
            "C:\\new\\\"dir\"\n\t\\u0041 \u00e9\ud83d\ude00 \u0000 \",\"xferPipe\":[1]} \\";

    @ParameterizedTest
    @ValueSource(strings = {"raw", "json", "protobuf", "thrift-binary"})
    void carryCallsPushesFiltersAndStatuses(String protocol) throws Exception {
        CompletableFuture<String> pushed = new CompletableFuture<>();
        try (Peer server = Peer.builder()
                        .protocol(protocol)
                        .listen("tcp://127.0.0.1:0")
                        .build();
                Peer client = Peer.builder().protocol(protocol).build()) {
            server.router()
                    .call("/echo", String.class, (context, text) -> {
                        context.replyMeta("served", AWKWARD);
                        return text;
                    })
                    .call("/refuse", String.class, (context, text) -> {
                        throw Status.of(4004, "no \"such\" \\ thing", text).toException();
                    })
                    .push("/note", String.class, (context, text) -> pushed.complete(text));
            server.start();
            Session session = client.dial(server.listening().get(0).toString());
            String big = AWKWARD.repeat((1 << 20) / AWKWARD.length());

            for (String filter : new String[] {"", "gzip", "md5"}) {
                for (String text : new String[] {"plain", AWKWARD, big}) {
                    var request =
                            session.request("/echo").meta("author", AWKWARD).timeout(ofSeconds(20));
                    Reply<String> reply =
                            (filter.isEmpty() ? request : request.filter(filter)).call(text, String.class);
                    assertThat(reply.body()).isEqualTo(text);
                    assertThat(reply.metadata().get("served")).isEqualTo(AWKWARD);
                }
            }
            session.push("/note", AWKWARD);
            assertThat(pushed.get(20, TimeUnit.SECONDS)).isEqualTo(AWKWARD);
            assertThatThrownBy(() -> session.call("/refuse", AWKWARD, String.class))
                    .isInstanceOfSatisfying(
                            StatusException.class,
                            e -> assertThat(e.status()).isEqualTo(Status.of(4004, "no \"such\" \\ thing", AWKWARD)));
        }
    }

    @Test
    void aDialMayChooseAnotherProtocolThanThePeers() {
        try (Peer server = Peer.builder()
                        .protocol("json")
                        .listen("tcp://127.0.0.1:0")
                        .build();
                Peer client = Peer.builder().protocol("protobuf").build()) {
            server.router().call("/echo", String.class, (context, text) -> text);
            server.start();
            Session session = client.dial(server.listening().get(0).toString(), "json");
            assertThat(session.call("/echo", "over json", String.class)).isEqualTo("over json");
            assertThat(client.sockets().open())
                    .singleElement()
                    .matches(socket -> socket.protocol().equals("json"));
            assertThatThrownBy(() -> client.dial("tcp://127.0.0.1:1", "jsno"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Unknown protocol 'jsno' (known: [raw, json, protobuf");
        }
    }
}
