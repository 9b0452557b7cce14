package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.session.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two Teleport peers that speak http. */
class HttpPeerTests extends PeerPair {

    private static final String TEXT = "C:\\new\\\"dir\"\n\t\u00e9\ud83d\ude00 \u0000 \r\n\r\nHTTP/1.1 200 OK\r\n";

    private final CompletableFuture<String> first = new CompletableFuture<>();

    @Override
    String address() {
        return "tcp://127.0.0.1:0";
    }

    @BeforeEach
    void open() {
        connect(builder -> builder.protocol("http"), builder -> builder.protocol("http"));
        server.router()
                .call("/echo", String.class, (context, text) -> {
                    for (Metadata.Entry pair : context.metadata().entries()) {
                        if (pair.key().startsWith("X-")) {
                            context.replyMeta(pair.key(), pair.value());
                        }
                    }
                    return text;
                })
                .call(
                        "/meta",
                        String.class,
                        (context, key) -> context.metadata().get(key))
                .call("/first", String.class, (context, text) -> first)
                .call(
                        "/back",
                        String.class,
                        (context, text) -> context.session().callAsync("/client", text, String.class))
                .call("/push", String.class, (context, text) -> {
                    context.session().push("/note", text);
                    return text;
                })
                .call("/refuse", String.class, (context, text) -> {
                    throw Status.of(4004, "no \"such\" \\ thing", text).toException();
                });
        client.router().call("/client", String.class, (context, text) -> "back " + text);
    }

    @Test
    void callsCarryBodiesMetadataAndTheFilter() {
        for (String body : List.of("", "plain", TEXT, TEXT.repeat(20_000))) {
            for (boolean filtered : new boolean[] {false, true}) {
                var request = session.request("/echo").meta("x-one", "1").meta("X-Two", " a\r\nX-Seq: 9 ");
                Reply<String> reply = (filtered ? request.filter("gzip") : request).call(body, String.class);
                assertThat(reply.body()).isEqualTo(body);
                assertThat(reply.metadata().get("X-One")).isEqualTo("1");
                assertThat(reply.metadata().get("X-Two"))
                        .as("line ends are spaces")
                        .isEqualTo("a  X-Seq: 9");
            }
        }
    }

    @Test
    void metadataThatIsNoHeaderGoesIntoTheQuery() {
        for (String key : List.of("odd key", "\u0434\u0430", "a=b&c", "")) {
            Reply<String> reply = session.request("/meta?x=y").meta(key, TEXT).call(key, String.class);
            assertThat(reply.body()).as(key).isEqualTo(TEXT);
        }
    }

    @Test
    void aStatusArrives() {
        assertThat(refusal(() -> session.call("/refuse", TEXT, String.class)))
                .isEqualTo(Status.of(4004, "no \"such\" \\ thing", TEXT));
        assertThat(refusal(() -> session.call("/nowhere", TEXT, String.class))).isEqualTo(Status.of(404, "Not Found"));
    }

    @Test
    void aLaterCallMayBeAnsweredFirst() throws Exception {
        CompletableFuture<String> waiting = session.callAsync("/first", "", String.class);
        assertThat(session.call("/echo", "second", String.class)).isEqualTo("second");
        first.complete("at last");
        assertThat(soon(waiting)).isEqualTo("at last");
    }

    @Test
    void manyCallsRunAtOnceInBothDirections() throws Exception {
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            calls.add(session.callAsync(i % 2 == 0 ? "/echo" : "/back", "number " + i, String.class));
        }
        for (int i = 0; i < calls.size(); i++) {
            assertThat(soon(calls.get(i))).isEqualTo((i % 2 == 0 ? "" : "back ") + "number " + i);
        }
    }

    @Test
    void whatHttpCannotCarryIsRefusedWith104AndTheSessionLives() {
        assertThat(refusal(() -> session.push("/note", "x")).code()).isEqualTo(104);
        assertThat(refusal(() -> session.request("/echo")
                                .filter("md5")
                                .call("x", String.class)
                                .body())
                        .code())
                .isEqualTo(104);
        assertThat(refusal(() -> session.request("/echo")
                                .meta("Content-Length", "3")
                                .call("x", String.class)
                                .body())
                        .cause())
                .contains("Content-Length");
        assertThat(refusal(() -> session.call("/a\nb", "x", String.class)).cause())
                .contains("control character");
        assertThat(refusal(() -> session.call("/push", "x", String.class)).code())
                .isEqualTo(104);
        assertThat(session.call("/echo", "on", String.class)).isEqualTo("on");
    }
}
