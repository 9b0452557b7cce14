package io.teleport.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sample as a page in a browser uses it, with a WebSocket that is not ours. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "sample.demo=false",
            "sample.port=0",
            "sample.chat-port=0",
            "sample.tokens.ada=token of ada",
            "sample.browser-port=0",
            "sample.page-origins=https://page.example",
            "sample.broadcast-interval=100ms"
        })
class BrowserIT {

    private static final int REPLY = 2;

    private static final int PUSH = 3;

    private final JsonMapper json = new JsonMapper();

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

    @Value("${local.teleport.browser.port}")
    private int port;

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                messages.add(message.toString());
                message.setLength(0);
            }
            return WebSocket.Listener.super.onText(socket, part, last);
        }
    }

    private WebSocket connect(String origin) throws Exception {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Origin", origin)
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/teleport"), new Listener())
                .get(20, TimeUnit.SECONDS);
    }

    private JsonNode next(int type) throws Exception {
        JsonNode message;
        do {
            String text = messages.poll(20, TimeUnit.SECONDS);
            assertThat(text).as("a message").isNotNull();
            message = json.readTree(text);
        } while (message.get("mtype").intValue() != type);
        return message;
    }

    @Test
    void aPageCallsAndIsPushedTo() throws Exception {
        WebSocket browser = connect("https://page.example");
        browser.sendText("""
                {"seq":1,"mtype":1,"serviceMethod":"/math/add","meta":"","bodyCodec":106,"body":[1,2,3],"xferPipe":[]}""", true);

        JsonNode reply = next(REPLY);
        assertThat(reply.get("seq").intValue()).isEqualTo(1);
        assertThat(reply.get("body").stringValue()).isEqualTo("6");
        JsonNode push = next(PUSH);
        assertThat(push.get("serviceMethod").stringValue()).isEqualTo("/push/status");
        assertThat(push.get("body").stringValue()).startsWith("\"this is a broadcast");
        browser.abort();
    }

    @Test
    void aPageLogsInToChat() throws Exception {
        WebSocket browser = connect("https://page.example");
        browser.sendText(call(1, "/chat/join", "{\"room\":\"lobby\"}"), true);
        assertThat(next(REPLY).get("status").stringValue()).startsWith("code=401");
        browser.sendText(call(2, "/chat/login", "{\"token\":\"a guess\"}"), true);
        assertThat(next(REPLY).get("status").stringValue()).startsWith("code=401");
        browser.sendText(call(3, "/chat/login", "{\"token\":\"token of ada\"}"), true);
        assertThat(next(REPLY).get("body").stringValue()).isEqualTo("\"ada\"");
        browser.sendText(call(4, "/chat/join", "{\"room\":\"lobby\"}"), true);
        assertThat(next(REPLY).get("body").stringValue()).isEqualTo("[\"ada\"]");
        browser.abort();
    }

    private static String call(int sequence, String serviceMethod, String body) {
        return "{\"seq\":" + sequence + ",\"mtype\":1,\"serviceMethod\":\"" + serviceMethod
                + "\",\"meta\":\"\",\"bodyCodec\":106,\"body\":" + body + ",\"xferPipe\":[]}";
    }

    @Test
    void pagesOfOtherSitesAreRefused() {
        assertThatThrownBy(() -> connect("https://evil.example"))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(403));
    }
}
