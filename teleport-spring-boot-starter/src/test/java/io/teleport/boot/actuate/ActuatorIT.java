package io.teleport.boot.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.boot.Teleport;
import io.teleport.boot.handler.CallMapping;
import io.teleport.boot.handler.TeleportController;
import io.teleport.peer.Peer;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole application: what an operator sees over HTTP of sockets that really are there. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "teleport.peers.math.listen=tcp://127.0.0.1:0",
            "teleport.peers.elsewhere.dial=local://nobody",
            "management.endpoints.web.exposure.include=*",
            "management.endpoint.health.show-details=always"
        })
class ActuatorIT {

    @Autowired
    private Teleport teleport;

    @Value("${local.server.port}")
    private int httpPort;

    @Value("${local.teleport.math.port}")
    private int teleportPort;

    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + httpPort + "/actuator/" + path);
        return http.send(
                HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send("GET", path);
        assertThat(response.statusCode()).as(response.body()).isIn(200, 503);
        return JsonMapper.shared().readTree(response.body());
    }

    @Test
    void thePeersAreDescribed() throws Exception {
        JsonNode math = get("teleport").at("/peers/math");

        assertThat(math.path("state").asString()).isEqualTo("RUNNING");
        assertThat(math.at("/listening/0").asString()).isEqualTo("tcp://127.0.0.1:" + teleportPort);
        assertThat(math.path("protocol").asString()).isEqualTo("raw");
        JsonNode route = math.at("/routes/0");
        assertThat(route.path("type").asString()).isEqualTo("CALL");
        assertThat(route.path("path").asString()).isEqualTo("/math/add");
        assertThat(route.path("argument").asString()).isEqualTo("int[]");
        assertThat(route.path("result").asString()).isEqualTo("int");
        assertThat(route.path("handler").asString()).endsWith("MathController.add(int[])");
        assertThat(get("teleport").at("/peers/elsewhere/dial/addresses/0").asString())
                .isEqualTo("local://nobody");
    }

    @Test
    void aSocketIsOpenThenKickedAndRemembered() throws Exception {
        try (Peer caller = Peer.client()) {
            Session session = caller.dial("tcp://127.0.0.1:" + teleportPort);
            CompletableFuture<CloseCause> callerSees = session.closeFuture().toCompletableFuture();
            assertThat(session.call("/math/add", new int[] {1, 2}, int.class)).isEqualTo(3);
            JsonNode open = find(get("sockets?state=open&peer=math"), session.localAddress());
            String id = open.path("id").asString();
            assertThat(open.path("state").asString()).isEqualTo("OPEN");
            assertThat(open.path("role").asString()).isEqualTo("ACCEPTED");
            assertThat(open.at("/framesIn").asInt()).isOne();
            CompletableFuture<?> gone = teleport.peer("math")
                    .sockets()
                    .get(id)
                    .orElseThrow()
                    .closeFuture()
                    .toCompletableFuture();

            assertThat(send("DELETE", "sockets/" + id).statusCode()).isEqualTo(204);

            assertThat(callerSees.get(20, TimeUnit.SECONDS).reason()).isEqualTo(CloseReason.REMOTE);
            gone.get(20, TimeUnit.SECONDS);
            JsonNode closed = get("sockets/" + id);
            assertThat(closed.path("state").asString()).isEqualTo("CLOSED");
            assertThat(closed.path("closeReason").asString()).isEqualTo("KICKED");
            assertThat(find(get("sockets?state=closed"), session.localAddress())
                            .path("id")
                            .asString())
                    .isEqualTo(id);
            assertThat(send("DELETE", "sockets/" + id).statusCode()).isEqualTo(404);
        }
    }

    private static JsonNode find(JsonNode answer, String remoteAddress) {
        for (JsonNode socket : answer.path("sockets")) {
            if (socket.path("remoteAddress").asString().equals(remoteAddress)) {
                return socket;
            }
        }
        throw new AssertionError("No socket of " + remoteAddress + " in " + answer);
    }

    @Test
    void whatIsUnknownIsRefusedClearly() throws Exception {
        HttpResponse<String> state = send("GET", "sockets?state=ajar");
        assertThat(state.statusCode()).isEqualTo(400);
        assertThat(state.body()).contains("Unknown state 'ajar' (expected open or closed)");
        HttpResponse<String> peer = send("GET", "sockets?peer=nobody");
        assertThat(peer.statusCode()).isEqualTo(400);
        assertThat(peer.body()).contains("Unknown peer 'nobody' (known: [math, elsewhere])");
        assertThat(send("GET", "sockets/none").statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "sockets/none").statusCode()).isEqualTo(404);
    }

    @Test
    void healthHasAnEntryForEachPeer() throws Exception {
        JsonNode components = get("health").at("/components/teleport/components");

        assertThat(components.at("/math/status").asString()).isEqualTo("UP");
        assertThat(components.at("/elsewhere/status").asString()).isEqualTo("DOWN");
    }

    @Test
    void metersAreThere() throws Exception {
        assertThat(get("metrics/teleport.sockets.open?tag=peer:math")
                        .path("name")
                        .asString())
                .isEqualTo("teleport.sockets.open");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(MathController.class)
    static class Application {}

    @TeleportController("math")
    static class MathController {
        @CallMapping
        int add(int[] numbers) {
            return IntStream.of(numbers).sum();
        }
    }
}
