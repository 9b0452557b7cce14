package io.teleport.boot.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.boot.Teleport;
import io.teleport.boot.autoconfigure.TeleportAutoConfiguration;
import io.teleport.boot.client.PeerDirectory;
import io.teleport.peer.ListenException;
import io.teleport.peer.Peer;
import io.teleport.peer.PeerState;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;

class PeerLifecycleTests {

    private static final String ADDRESS = "local://peer-lifecycle-tests";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(TeleportAutoConfiguration.class, LifecycleAutoConfiguration.class));

    @Test
    void theActualPortBecomesAProperty() {
        runner.withPropertyValues("teleport.peers.orders.listen=tcp://127.0.0.1:0")
                .run(context -> {
                    int port = context.getEnvironment().getRequiredProperty("local.teleport.orders.port", int.class);
                    assertThat(port)
                            .isPositive()
                            .isEqualTo(context.getBean(Teleport.class)
                                    .peer("orders")
                                    .port());
                });
    }

    @Test
    void startAndStopAreEvents() {
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        runner.withPropertyValues("teleport.peers.server.listen=" + ADDRESS, "teleport.peers.client.dial=" + ADDRESS)
                .withBean("starts", Starts.class, () -> new Starts(events))
                .withBean("stops", Stops.class, () -> new Stops(events))
                .run(context -> assertThat(events).containsExactly("started client", "started server"));
        assertThat(events).containsExactly("started client", "started server", "stopped server", "stopped client");
    }

    record Starts(List<String> events) implements ApplicationListener<PeerStartedEvent> {
        @Override
        public void onApplicationEvent(PeerStartedEvent event) {
            events.add("started " + event.peer().name());
        }
    }

    record Stops(List<String> events) implements ApplicationListener<PeerStoppedEvent> {
        @Override
        public void onApplicationEvent(PeerStoppedEvent event) {
            events.add("stopped " + event.peer().name());
        }
    }

    @Test
    void listeningPeersStopBeforeTheWebServerDrainsAndDialingOnesAfterwards() {
        assertThat(PeerLifecycle.LISTENING_PHASE).isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
        assertThat(PeerLifecycle.DIALING_PHASE)
                .isLessThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE)
                .isGreaterThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE);
    }

    @Test
    void stoppingDoesNotBlockAndLetsRunningHandlersEnd() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        Peer server = Peer.builder().listen(ADDRESS).build();
        server.router().call("/slow", void.class, (call, nothing) -> {
            arrived.complete(null);
            return answer;
        });
        try (PeerDirectory directory = new PeerDirectory(Map.of(server, Optional.empty()));
                Peer caller = Peer.client()) {
            PeerLifecycle lifecycle = PeerLifecycle.ofListening(directory, Duration.ofMinutes(1), event -> {});
            lifecycle.start();
            CompletableFuture<String> reply = caller.dial(ADDRESS).callAsync("/slow", null, String.class);
            arrived.get(20, TimeUnit.SECONDS);
            CompletableFuture<Void> stopped = new CompletableFuture<>();

            lifecycle.stop(() -> stopped.complete(null));
            assertThat(stopped).isNotDone();
            answer.complete("done");

            assertThat(reply.get(20, TimeUnit.SECONDS)).isEqualTo("done");
            stopped.get(20, TimeUnit.SECONDS);
            assertThat(server.state()).isEqualTo(PeerState.CLOSED);
        }
    }

    @Test
    void aHandlerThatNeverEndsDoesNotOutliveTheShutdownPhase() {
        CompletableFuture<String> never = new CompletableFuture<>();
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        try (Peer caller = Peer.client()) {
            runner.withPropertyValues(
                            "teleport.peers.server.listen=" + ADDRESS,
                            "teleport.peers.server.close-timeout=1h",
                            "spring.lifecycle.timeout-per-shutdown-phase=200ms")
                    .run(context -> {
                        context.getBean(Teleport.class)
                                .peer("server")
                                .router()
                                .call("/never", void.class, (call, nothing) -> {
                                    arrived.complete(null);
                                    return never;
                                });
                        caller.dial(ADDRESS).callAsync("/never", null, String.class);
                        arrived.get(20, TimeUnit.SECONDS);
                    });
        }
        // The context was closed above, which would have taken an hour.
        assertThat(never).isNotDone();
    }

    @Test
    void aTakenPortFailsTheStartAndLeavesNothingOpen() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            runner.withPropertyValues(
                            "teleport.peers.first.listen=" + ADDRESS,
                            "teleport.peers.second.listen=tcp://127.0.0.1:" + taken.getLocalPort())
                    .run(context -> assertThat(context).getFailure().hasCauseInstanceOf(ListenException.class));
        }
        // So the address of the first peer is free again.
        runner.withPropertyValues("teleport.peers.first.listen=" + ADDRESS)
                .run(context -> assertThat(
                                context.getBean(Teleport.class).peer("first").state())
                        .isEqualTo(PeerState.RUNNING));
    }
}
