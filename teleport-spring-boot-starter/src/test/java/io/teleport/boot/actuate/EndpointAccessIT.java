package io.teleport.boot.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.boot.Teleport;
import io.teleport.peer.Peer;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Boot's access levels of the sockets endpoint, over HTTP, with a socket that really is there. */
class EndpointAccessIT {

    private final HttpClient http = HttpClient.newHttpClient();

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // what is configured; the answers to GET and DELETE
        "the default,, 200, 204",
        "unrestricted, management.endpoint.sockets.access=unrestricted, 200, 204",
        "read-only, management.endpoint.sockets.access=read-only, 200, 405",
        "none, management.endpoint.sockets.access=none, 404, 404",
        "read-only by default, management.endpoints.access.default=read-only, 200, 405",
        "at the most read-only, management.endpoints.access.max-permitted=read-only, 200, 405",
        "not exposed, management.endpoints.web.exposure.include=health, 404, 404"
    })
    void anOperatorMayCloseSocketsAsFarAsTheAccessLevelAllows(String name, String property, int read, int delete)
            throws Exception {
        String[] settings = Stream.of(
                        "server.port=0",
                        "teleport.peers.math.listen=tcp://127.0.0.1:0",
                        "management.endpoints.web.exposure.include=sockets",
                        property == null ? "x=y" : property)
                .toArray(String[]::new);
        SpringApplicationBuilder builder = new SpringApplicationBuilder(Application.class).properties(settings);
        try (ConfigurableApplicationContext context = builder.run();
                Peer caller = Peer.client()) {
            Peer math = context.getBean(Teleport.class).peer("math");
            Session session = caller.dial(math.listening().get(0).toString());
            // The server knows of it by now: it has answered.
            assertThat(session.request("/none")
                            .call(null, String.class)
                            .status()
                            .code())
                    .isEqualTo(404);
            String id = math.sockets().open().get(0).id();
            String port = context.getEnvironment().getRequiredProperty("local.server.port");
            URI socket = URI.create("http://127.0.0.1:" + port + "/actuator/sockets/" + id);

            assertThat(status("GET", socket)).isEqualTo(read);
            assertThat(status("DELETE", socket)).isEqualTo(delete);

            if (delete == 204) {
                assertThat(session.closeFuture()
                                .toCompletableFuture()
                                .get(60, TimeUnit.SECONDS)
                                .reason())
                        .isEqualTo(CloseReason.REMOTE);
            } else {
                assertThat(session.request("/none")
                                .call(null, String.class)
                                .status()
                                .code())
                        .as("the session still answers")
                        .isEqualTo(404);
                assertThat(math.sockets().get(id)).isPresent();
            }
        }
    }

    private int status(String method, URI uri) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
