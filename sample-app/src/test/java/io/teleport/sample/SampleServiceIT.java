package io.teleport.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.Status;
import io.teleport.peer.Peer;
import io.teleport.session.Reply;
import io.teleport.session.Session;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sample's routes, called as any client would. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "sample.demo=false",
            "sample.port=0",
            "sample.chat-port=0",
            "sample.browser-port=0",
            "sample.broadcast-interval=100ms"
        })
class SampleServiceIT {

    private final BlockingQueue<String> broadcasts = new LinkedBlockingQueue<>();

    @Value("${local.teleport.service.port}")
    private int port;

    @Value("${local.server.port}")
    private int httpPort;

    private Peer client;

    private Session session;

    @BeforeEach
    void connect() {
        client = Peer.client();
        client.router().push("/push/status", String.class, (context, text) -> broadcasts.add(text));
        session = client.dial("tcp://127.0.0.1:" + port);
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void saysWhatItIsMadeOfOnlyInItsJar() throws Exception {
        try (InputStream bom = getClass().getResourceAsStream("/META-INF/sbom/application.cdx.json")) {
            JsonNode components = JsonMapper.shared().readTree(bom).path("components");
            assertThat(components)
                    .extracting(component -> component.path("name").asString())
                    .contains("teleport-core", "teleport-spring-boot-starter", "netty-handler");
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/actuator/sbom"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void addsIntegers() {
        int sum = session.call("/math/add", new int[] {1, 2, 3}, int.class);
        assertThat(sum).isEqualTo(6);
    }

    @Test
    void refusesASumThatDoesNotFit() {
        Reply<Integer> reply =
                session.request("/math/add").meta("author", "ada").call(new int[] {Integer.MAX_VALUE, 1}, int.class);
        assertThat(reply.status()).isEqualTo(Status.of(400, "Bad Message", "the sum does not fit 32 bits"));
    }

    @Test
    void dividesAndAnswers1001ForAZeroDivisor() {
        double quotient = session.call("/math/divide", Map.of("a", 7, "b", 2), double.class);
        assertThat(quotient).isEqualTo(3.5);
        int whole = session.call("/math/divide", Map.of("a", 84, "b", 2), int.class);
        assertThat(whole).isEqualTo(42);
        Reply<Double> reply = session.request("/math/divide").call(Map.of("a", 1, "b", 0), double.class);
        assertThat(reply.status()).isEqualTo(Status.of(1001, "Division By Zero", "b is 0"));
    }

    @Test
    void echoesBytesAsTheyAre() {
        byte[] bytes = {0, 1, 2, (byte) 0xff, '"', '\\'};
        byte[] echoed = session.call("/echo/bytes", bytes, byte[].class);
        assertThat(echoed).isEqualTo(bytes);
    }

    @Test
    void sleepsAsLongAsAsked() {
        long slept = session.call("/echo/sleep", 20, long.class);
        assertThat(slept).isEqualTo(20);
        Reply<Long> reply = session.request("/echo/sleep").call(-1, long.class);
        assertThat(reply.status().code()).isEqualTo(400);
    }

    @Test
    void theChatIsElsewhere() {
        Reply<Void> reply = session.request("/chat/members").call(null, void.class);
        assertThat(reply.status().code()).isEqualTo(404);
    }

    @Test
    void broadcastsItsStatusToEverySession() throws Exception {
        session.push("/status", "I am here");
        assertThat(broadcasts.poll(20, TimeUnit.SECONDS)).startsWith("this is a broadcast, server time: ");
    }
}
