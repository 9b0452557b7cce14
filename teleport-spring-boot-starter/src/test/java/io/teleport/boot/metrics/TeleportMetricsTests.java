package io.teleport.boot.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.teleport.boot.Teleport;
import io.teleport.boot.autoconfigure.TeleportAutoConfiguration;
import io.teleport.boot.autoconfigure.metrics.TeleportMetricsAutoConfiguration;
import io.teleport.boot.handler.CallMapping;
import io.teleport.boot.handler.TeleportController;
import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.session.Session;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TeleportMetricsTests {

    private static final String ADDRESS = "local://teleport-metrics-tests";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(TeleportAutoConfiguration.class, TeleportMetricsAutoConfiguration.class))
            .withPropertyValues("teleport.peers.server.listen=" + ADDRESS, "teleport.peers.client.dial=" + ADDRESS);

    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void callsAreTimedByPeerRouteAndOutcome() {
        runner.withBean(MeterRegistry.class, () -> meters)
                .withBean(EchoController.class)
                .run(context -> {
                    Session session = context.getBean(Teleport.class).session("client");
                    session.call("/echo", "x", String.class);
                    session.request("/nowhere/1").call("x", String.class);
                    session.request("/nowhere/2").call("x", String.class);
                });
        // Closing the context has ended every handler, so that all is counted.
        assertThat(timer("teleport.calls.issued", "client", "/echo", "0").count())
                .isOne();
        assertThat(timer("teleport.calls.handled", "server", "/echo", "0").count())
                .isOne();
        assertThat(timer("teleport.calls.issued", "client", "UNKNOWN", "404").count())
                .isEqualTo(2);
        assertThat(timer("teleport.calls.handled", "server", "UNKNOWN", "404").count())
                .isEqualTo(2);
    }

    private Timer timer(String name, String peer, String route, String outcome) {
        return meters.get(name)
                .tags("peer", peer, "route", route, "outcome", outcome)
                .timer();
    }

    @TeleportController
    static class EchoController {
        @CallMapping
        String echo(String text) {
            return text;
        }
    }

    @Test
    void socketsMessagesAndBytesAreCounted() {
        runner.withBean(MeterRegistry.class, () -> meters)
                .withBean(EchoController.class)
                .run(context -> {
                    Teleport teleport = context.getBean(Teleport.class);
                    Session session = teleport.session("client");
                    new SocketMetrics(teleport).bindTo(meters);
                    assertThat(meters.get("teleport.sockets.open")
                                    .tag("peer", "client")
                                    .gauge()
                                    .value())
                            .isOne();

                    session.call("/echo", "x", String.class);
                    session.close(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);

                    assertThat(meters.get("teleport.sockets.open")
                                    .tag("peer", "client")
                                    .gauge()
                                    .value())
                            .isZero();
                    assertThat(counter("teleport.sockets.closed", "reason", "LOCAL"))
                            .isOne();
                    assertThat(counter("teleport.sockets.closed", "reason", "REMOTE"))
                            .isZero();
                    assertThat(counter("teleport.messages", "direction", "out")).isOne();
                    assertThat(counter("teleport.messages", "direction", "in")).isOne();
                    assertThat(meters.get("teleport.messages.dropped")
                                    .tag("peer", "client")
                                    .functionCounter()
                                    .count())
                            .isZero();
                    assertThat(counter("teleport.bytes", "direction", "out")).isGreaterThan(10);
                    assertThat(counter("teleport.bytes", "direction", "in")).isGreaterThan(10);
                });
    }

    private double counter(String name, String key, String value) {
        return Search.in(meters)
                .name(name)
                .tags("peer", "client", key, value)
                .functionCounter()
                .count();
    }

    @Test
    void pushesAreTimedApart() {
        CallTimers timers = new CallTimers(meters, "p");

        timers.issued(MessageType.PUSH, "/status", Status.OK, 5);
        timers.handled(MessageType.PUSH, "/status", Status.OK, 5);

        assertThat(timer("teleport.pushes.issued", "p", "/status", "0").count()).isOne();
        assertThat(timer("teleport.pushes.handled", "p", "/status", "0").count())
                .isOne();
    }

    @Test
    void theNumberOfTimersIsLimited() {
        CallTimers timers = new CallTimers(meters, "p");

        for (int code = 0; code < CallTimers.LIMIT + 5; code++) {
            timers.issued(MessageType.CALL, "/a", Status.of(code), 1);
        }

        assertThat(meters.getMeters()).hasSize(CallTimers.LIMIT + 1);
        assertThat(timer("teleport.calls.issued", "p", "OTHER", "OTHER").count())
                .isEqualTo(5);
    }

    @Test
    void withoutARegistryNothingIsMeasured() {
        runner.run(context ->
                assertThat(context).doesNotHaveBean(CallMetrics.class).doesNotHaveBean(SocketMetrics.class));
    }

    @Test
    void withoutMicrometerNothingIsMeasured() {
        runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context ->
                        assertThat(context).hasNotFailed().doesNotHaveBean(TeleportMetricsAutoConfiguration.class));
    }
}
