package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.transport.websocket.WebSocketOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A client that is not ours and sends text, as browsers do. */
class WebSocketBrowserTests extends WebSocketServer {

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

    private final CompletableFuture<String> closed = new CompletableFuture<>();

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                texts.add(message.toString());
                message.setLength(0);
            }
            return WebSocket.Listener.super.onText(socket, part, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code + " " + reason);
            return null;
        }
    }

    private WebSocket dial(WebSocket.Builder builder) throws Exception {
        return builder.buildAsync(URI.create("ws://127.0.0.1:" + server.port() + PATH), new Listener())
                .get(60, TimeUnit.SECONDS);
    }

    private String next() throws Exception {
        return texts.poll(60, TimeUnit.SECONDS);
    }

    @Test
    void callsAndIsPushedTo() throws Exception {
        listen(UnaryOperator.identity());
        WebSocket browser =
                dial(HttpClient.newHttpClient().newWebSocketBuilder().subprotocols("json"));
        assertThat(browser.getSubprotocol()).isEqualTo("json");
        browser.sendText(call(1, "/math/add", "[1,2,3]"), true).get(60, TimeUnit.SECONDS);
        assertThat(next())
                .isEqualTo(
                        "{\"seq\":1,\"mtype\":2,\"serviceMethod\":\"\",\"meta\":\"\",\"bodyCodec\":106,\"body\":\"6\",\"xferPipe\":[]}");
        session().push("/client/note", List.of("a \"quoted\" one"));
        assertThat(next())
                .contains("\"mtype\":3,\"serviceMethod\":\"/client/note\"")
                .contains("\"[\\\"a \\\\\\\"quoted\\\\\\\" one\\\"]\"");
        browser.sendText(call(2, "/nowhere", "null"), true).get(60, TimeUnit.SECONDS);
        assertThat(next()).contains("\"seq\":2").contains("\"status\":\"code=404&msg=Not%20Found");
        browser.sendClose(WebSocket.NORMAL_CLOSURE, "done").get(60, TimeUnit.SECONDS);
        assertThat(ended().error()).isEqualTo("1000 done");
    }

    @Test
    void largeMessagesInFragmentsGoBothWays() throws Exception {
        listen(UnaryOperator.identity());
        WebSocket browser = dial(HttpClient.newHttpClient().newWebSocketBuilder());
        String call = call(1, "/math/add", "[" + "1,".repeat(100_000) + "1]");
        for (int at = 0; at < call.length(); at += 5_000) {
            int end = Math.min(call.length(), at + 5_000);
            browser.sendText(call.substring(at, end), end == call.length()).get(60, TimeUnit.SECONDS);
        }
        assertThat(next()).contains("\"body\":\"100001\"");
        browser.sendText(call(2, "/bytes", "500000"), true).get(60, TimeUnit.SECONDS);
        assertThat(next()).hasSizeGreaterThan(3_000_000);
        browser.abort();
    }

    @Test
    void learnsThatThePeerShutsDown() throws Exception {
        listen(builder -> builder.webSocket(WebSocketOptions.defaults()));
        WebSocket browser = dial(HttpClient.newHttpClient().newWebSocketBuilder());
        browser.sendText(call(1, "/math/add", "[1]"), true).get(60, TimeUnit.SECONDS);
        next();
        server.closeAsync();
        assertThat(closed.get(60, TimeUnit.SECONDS)).isEqualTo("1001 shutting down");
    }
}
