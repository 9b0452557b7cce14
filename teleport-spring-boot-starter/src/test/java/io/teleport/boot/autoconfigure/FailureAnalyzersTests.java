package io.teleport.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.boot.client.EnableTeleportClients;
import io.teleport.boot.client.TeleportClient;
import io.teleport.boot.handler.CallMapping;
import io.teleport.boot.handler.TeleportController;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** What people read when the application does not start. */
class FailureAnalyzersTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TeleportAutoConfiguration.class));

    private static void assertAnalysis(
            ApplicationContextRunner broken, FailureAnalyzer analyzer, String description, String action) {
        broken.run(context -> {
            FailureAnalysis analysis = analyzer.analyze(context.getStartupFailure());
            assertThat(analysis).isNotNull();
            assertThat(analysis.getDescription()).contains(description);
            assertThat(analysis.getAction()).contains(action);
        });
    }

    @Test
    void aTakenPort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "tcp://127.0.0.1:" + taken.getLocalPort();
            assertAnalysis(
                    runner.withPropertyValues("teleport.peers.orders.listen=" + address),
                    new ListenFailureAnalyzer(),
                    "Peer 'orders' cannot listen on " + address,
                    "Stop what listens on " + address);
        }
    }

    @Test
    void anUnreadableAddress() {
        assertAnalysis(
                runner.withPropertyValues("teleport.peers.orders.dial=example.org:9090"),
                new InvalidPeerFailureAnalyzer(),
                "Address 'example.org:9090' has no network in front (expected something like tcp://127.0.0.1:9090)",
                "Correct teleport.peers.orders.dial");
        assertAnalysis(
                runner.withPropertyValues("teleport.peers.orders.listen=pigeon://roof:1"),
                new InvalidPeerFailureAnalyzer(),
                "names network 'pigeon' (known: [tcp, tcp4, tcp6, unix, local, tls, ws, wss])",
                "Correct teleport.peers.orders.listen");
    }

    @Test
    void anUnknownProtocol() {
        assertAnalysis(
                runner.withPropertyValues("teleport.peers.orders.protocol=smoke"),
                new InvalidPeerFailureAnalyzer(),
                "Peer 'orders' cannot be built: Unknown protocol 'smoke' (known: [raw, json, protobuf, thrift-binary, thrift-struct, http])",
                "Correct teleport.peers.orders.protocol");
    }

    @Test
    void anUnknownCodec() {
        assertAnalysis(
                runner.withPropertyValues("teleport.peers.orders.body-codec=morse"),
                new InvalidPeerFailureAnalyzer(),
                "Unknown body codec 'morse' (known: [json, plain, form])",
                "Correct teleport.peers.orders.body-codec");
    }

    @Test
    void aValueThatTheCoreRefuses() {
        assertAnalysis(
                runner.withPropertyValues("teleport.peers.orders.message-limit=3GB"),
                new InvalidPeerFailureAnalyzer(),
                "Option 'messageLimit' is 3221225472B (expected 2147483647B at the most)",
                "Correct teleport.peers.orders");
    }

    @Test
    void anUnknownPeer() {
        assertAnalysis(
                runner.withBean(LostController.class).withPropertyValues("teleport.peers.orders.protocol=raw"),
                new UnknownPeerFailureAnalyzer(),
                "Unknown peer 'nowhere'",
                "Configure teleport.peers.nowhere, or name one of the peers there are: [orders]");
    }

    @TeleportController(peers = "nowhere")
    static class LostController {
        @CallMapping
        void ask() {}
    }

    @Test
    void conflictingRoutes() {
        assertAnalysis(
                runner.withBean("one", OneController.class)
                        .withBean("two", OneController.class)
                        .withPropertyValues("teleport.peers.orders.protocol=raw"),
                new RouteConflictFailureAnalyzer(),
                "CALL route '/ask'",
                "another path");
    }

    @TeleportController
    static class OneController {
        @CallMapping
        void ask() {}
    }

    @Test
    void anImpossibleHandler() {
        assertAnalysis(
                runner.withBean(TwoBodiesController.class).withPropertyValues("teleport.peers.orders.protocol=raw"),
                new InvalidHandlerFailureAnalyzer(),
                "TwoBodiesController.ask(String, String) cannot be a handler",
                "A handler takes one body at the most");
    }

    @TeleportController
    static class TwoBodiesController {
        @CallMapping
        void ask(String one, String two) {}
    }

    @Test
    void anImpossibleClient() {
        assertAnalysis(
                runner.withUserConfiguration(Clients.class).withPropertyValues("teleport.peers.orders.protocol=raw"),
                new InvalidClientFailureAnalyzer(),
                "peer 'orders' dials nothing",
                "needs an address to dial");
    }

    @TeleportClient(peer = "orders")
    interface NobodyClient {}

    @Configuration(proxyBeanMethods = false)
    @EnableTeleportClients(clients = NobodyClient.class)
    static class Clients {}
}
