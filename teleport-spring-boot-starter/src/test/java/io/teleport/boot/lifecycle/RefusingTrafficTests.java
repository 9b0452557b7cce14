package io.teleport.boot.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.boot.autoconfigure.TeleportAutoConfiguration;
import io.teleport.peer.PeerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.support.GenericApplicationContext;

class RefusingTrafficTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TeleportAutoConfiguration.class, LifecycleAutoConfiguration.class))
            .withPropertyValues("teleport.peers.server.listen=local://refusing-traffic");

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    record Readiness(List<String> seen, io.teleport.boot.client.PeerDirectory teleport)
            implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {
        @Override
        public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
            seen.add(event.getState() + " while the peer is "
                    + teleport.peer("server").state());
        }
    }

    record Stops(List<String> seen) implements ApplicationListener<PeerStoppedEvent> {
        @Override
        public void onApplicationEvent(PeerStoppedEvent event) {
            seen.add("stopped");
        }
    }

    @Test
    void readinessGoesDownBeforePeersStopToAccept() {
        runner.withBean("stops", Stops.class, () -> new Stops(seen))
                .withInitializer(context -> ((GenericApplicationContext) context)
                        .registerBean(
                                "readiness",
                                Readiness.class,
                                () -> new Readiness(
                                        seen, context.getBean(io.teleport.boot.client.PeerDirectory.class))))
                .run(context -> assertThat(seen).isEmpty());
        assertThat(seen).containsExactly("REFUSING_TRAFFIC while the peer is " + PeerState.RUNNING, "stopped");
    }

    @Test
    void thePeersStopWhenTheDelayIsOver() {
        List<Duration> delays = new ArrayList<>();
        List<Runnable> tasks = new ArrayList<>();
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.refresh();
            RefusingTraffic refusing = new RefusingTraffic(Duration.ofSeconds(5), MINUTE, context, (delay, task) -> {
                delays.add(delay);
                tasks.add(task);
            });
            refusing.start();
            assertThat(refusing.isRunning()).isTrue();
            refusing.stop(() -> seen.add("next phase"));
            assertThat(refusing.isRunning()).isFalse();
            assertThat(delays).containsExactly(Duration.ofSeconds(5));
            assertThat(seen).isEmpty();
            tasks.forEach(Runnable::run);
            assertThat(seen).containsExactly("next phase");
        }
    }

    @Test
    void byDefaultThereIsNoDelay() {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.refresh();
            RefusingTraffic refusing = new RefusingTraffic(Duration.ZERO, MINUTE, context, (delay, task) -> {});
            refusing.stop(() -> seen.add("next phase"));
            assertThat(seen).containsExactly("next phase");
        }
        runner.run(context -> assertThat(context.getBean(RefusingTraffic.class).getPhase())
                .isGreaterThan(PeerLifecycle.LISTENING_PHASE));
    }

    @Test
    void aDelayThatNoShutdownPhaseHasRoomForIsRefused() {
        runner.withPropertyValues("teleport.shutdown.delay=40s", "spring.lifecycle.timeout-per-shutdown-phase=30s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining(
                                "teleport.shutdown.delay is PT40S (expected zero or more, and less than "
                                        + "spring.lifecycle.timeout-per-shutdown-phase, which is PT30S)"));
    }
}
