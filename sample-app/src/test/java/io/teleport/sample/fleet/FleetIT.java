package io.teleport.sample.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.boot.Teleport;
import io.teleport.peer.Peer;
import io.teleport.sample.SampleApplication;
import io.teleport.session.RedialPolicy;
import io.teleport.testing.Eventually;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

/** The sample is restarted on its port under a fleet, as a user would do in two terminals. */
@Timeout(180)
class FleetIT {

    private static final int SIZE = 100;

    private static final String SECRET = "--sample.fleet-secret=a secret";

    private final BlockingQueue<MusterReport> musters = new LinkedBlockingQueue<>();

    private ConfigurableApplicationContext service;

    private ConfigurableApplicationContext fleet;

    private void startService(int port) {
        service = new SpringApplicationBuilder(SampleApplication.class)
                .run(
                        "--sample.demo=false",
                        "--server.port=0",
                        "--sample.port=0",
                        "--sample.browser-port=0",
                        "--sample.broadcast-interval=200ms",
                        "--sample.chat-port=" + port,
                        SECRET);
    }

    private Peer chat() {
        return service.getBean(Teleport.class).peer("chat");
    }

    private void startFleet(String address) {
        ApplicationListener<PayloadApplicationEvent<MusterReport>> listener =
                ApplicationListener.forPayload(musters::add);
        fleet = new SpringApplicationBuilder(SampleApplication.class)
                .profiles("fleet")
                .listeners(listener)
                .run(
                        "--sample.fleet=" + SIZE,
                        "--sample.fleet-address=" + address,
                        "--sample.fleet-call-interval=50ms",
                        SECRET);
    }

    @AfterEach
    void stop() {
        if (fleet != null) {
            fleet.close();
        }
        service.close();
    }

    @Test
    void theWholeFleetIsBackAndLoggedInAfterARestartAndEachCallHasOneOutcome() throws Exception {
        startService(0);
        int port = chat().port();
        startFleet("tcp://127.0.0.1:" + port);
        MusterReport first = nextMuster();
        assertThat(first.arrived()).isEqualTo(SIZE);
        assertLoggedIn();
        awaitAnswers();

        service.close();
        CompletableFuture<?> meanwhile = fleet.getBean(Fleet.class).call();
        startService(port);

        int back = 0;
        while (back < SIZE) {
            MusterReport report = nextMuster();
            back += report.arrived();
            assertThat(report.longestWait()).isBetween(Duration.ZERO, RedialPolicy.LONGEST_DELAY);
        }
        assertThat(back).isEqualTo(SIZE);
        assertLoggedIn();
        meanwhile.get(60, TimeUnit.SECONDS);
        awaitAnswers();

        Fleet one = fleet.getBean(Fleet.class);
        fleet.close();
        CallCounts.Snapshot calls = one.calls();
        assertThat(calls.underWay()).isZero();
        assertThat(calls.wrong()).isZero();
        assertThat(calls.failed().keySet()).allMatch(status -> status.startsWith("102 ") || status.startsWith("503 "));
    }

    private MusterReport nextMuster() throws InterruptedException {
        MusterReport report = musters.poll(60, TimeUnit.SECONDS);
        assertThat(report).as("all are here in time").isNotNull();
        return report;
    }

    private void assertLoggedIn() {
        // A client is told that it is logged in before others find its session.
        Eventually.holds("all sessions", () -> chat().sessions().count() >= SIZE);
        assertThat(chat().sessions().count()).isEqualTo(SIZE);
        assertThat(IntStream.rangeClosed(1, SIZE).mapToObj(number -> "fleet-" + number))
                .allSatisfy(
                        name -> assertThat(chat().sessions().ofPrincipal(name)).hasSize(1));
    }

    /** As many more as the fleet has members; each round ends with the answers of all. */
    private void awaitAnswers() throws Exception {
        Fleet one = fleet.getBean(Fleet.class);
        long before = one.calls().answered();
        do {
            one.call().get(60, TimeUnit.SECONDS);
        } while (one.calls().answered() - before < SIZE);
    }
}
