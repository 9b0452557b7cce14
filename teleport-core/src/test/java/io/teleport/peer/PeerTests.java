package io.teleport.peer;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.message.StatusException;
import io.teleport.session.Reply;
import io.teleport.session.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerTests {

    @ParameterizedTest
    @ValueSource(strings = {"tcp://127.0.0.1:0", "local://peer-tests"})
    void callsAndPushesGoBothWays(String address) throws Exception {
        CompletableFuture<String> pushed = new CompletableFuture<>();
        CompletableFuture<String> pushedBack = new CompletableFuture<>();
        try (Peer server = Peer.builder().name("server").listen(address).build();
                Peer client = Peer.client()) {
            server.router()
                    .call(
                            "/math/add",
                            int[].class,
                            (context, numbers) -> IntStream.of(numbers).sum())
                    .call(
                            "/ask/back",
                            String.class,
                            (context, text) -> context.replyMeta("served", "java")
                                    .session()
                                    .call("/client/echo", text, String.class))
                    .push("/status", String.class, (context, text) -> pushed.complete(text));
            client.router()
                    .call("/client/echo", String.class, (context, text) -> "echo " + text)
                    .push("/push/status", String.class, (context, text) -> pushedBack.complete(text));
            server.start();

            Session session = client.dial(server.listening().get(0).toString());
            int sum = session.call("/math/add", new int[] {1, 2, 3}, int.class);
            assertThat(sum).isEqualTo(6);

            Reply<String> reply = session.request("/ask/back")
                    .meta("author", "ada")
                    .filter("gzip")
                    .timeout(ofSeconds(20))
                    .call("hello", String.class);
            assertThat(reply.body()).isEqualTo("echo hello");
            assertThat(reply.metadata().get("served")).isEqualTo("java");

            session.push("/status", "up");
            assertThat(pushed.get(20, TimeUnit.SECONDS)).isEqualTo("up");
            server.sessions().stream().forEach(connected -> connected.push("/push/status", "fine"));
            assertThat(pushedBack.get(20, TimeUnit.SECONDS)).isEqualTo("fine");

            assertThatThrownBy(() -> session.call("/nowhere", null, String.class))
                    .isInstanceOfSatisfying(
                            StatusException.class,
                            e -> assertThat(e.status().code()).isEqualTo(404));
        }
    }
}
