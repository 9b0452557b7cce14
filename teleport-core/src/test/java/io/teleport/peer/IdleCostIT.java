package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.session.Session;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Guarantee G7: what a session costs that is open and says nothing, and that the next ones cost no more. Prints the figures. System property
 * {@code teleport.idle.tcp} changes the number of TCP connections, 4,000 by default; 18,000 is what a limit of 20,000 open files allows.
 */
@Timeout(600)
class IdleCostIT {

    private static final int LOCAL_SESSIONS = 20_000;

    private static final int TCP_SESSIONS = Integer.getInteger("teleport.idle.tcp", 4_000);

    /** Of the first sessions a process has, with all that is there only once. */
    private static final int WARM_UP = 500;

    /** Of one end; measured are some 4 KiB. */
    private static final long HEAP_OF_A_SESSION = 8 * 1024;

    /** For all of them: an idle session has no buffer. */
    private static final long DIRECT = 1 << 20;

    /** The JVM may start one of its own; a thread for each session would be thousands. */
    private static final int THREADS = 4;

    private static void check(String where, int ends, int sessions, Footprint none, Footprint half, Footprint all) {
        long measured = (long) ends * (sessions / 2);
        long firstHalf = (half.heap() - none.heap()) / measured;
        long secondHalf = (all.heap() - half.heap()) / measured;
        System.out.printf(
                "an idle session, %s: %d bytes of heap for each of the first %d, %d for each of the next %d; direct memory %d, %d, %d; threads %d, %d, %d%n",
                where,
                firstHalf,
                sessions / 2,
                secondHalf,
                sessions / 2,
                none.direct(),
                half.direct(),
                all.direct(),
                none.threads(),
                half.threads(),
                all.threads());
        assertThat(secondHalf).as("heap of a session").isBetween(1L, HEAP_OF_A_SESSION);
        assertThat(secondHalf)
                .as("heap of a later session, compared with that of an earlier one")
                .isLessThan(firstHalf + firstHalf / 4);
        assertThat(all.direct() - none.direct()).as("direct memory").isLessThan(DIRECT);
        assertThat(all.threads() - none.threads()).as("threads").isLessThan(THREADS);
    }

    private static void dial(Peer client, String address, int count, List<Session> sessions) {
        for (int i = 0; i < count; i++) {
            sessions.add(client.dial(address));
        }
    }

    @Test
    void twentyThousandSessionsInOneProcessCostTwentyThousandTimesWhatOneCosts() throws Exception {
        Semaphore accepted = new Semaphore(0);
        String address = "local://idle-cost";
        List<Session> sessions = new ArrayList<>();
        try (Peer server = Peer.builder()
                        .name("idle-server")
                        .listen(address)
                        .plugin(new Counter(accepted, new Semaphore(0)))
                        .build()
                        .start();
                Peer client = Peer.builder().name("idle-client").build()) {
            List<Footprint> footprints = new ArrayList<>();
            for (int count : List.of(WARM_UP, LOCAL_SESSIONS / 2, LOCAL_SESSIONS / 2)) {
                dial(client, address, count, sessions);
                assertThat(accepted.tryAcquire(count, 120, TimeUnit.SECONDS)).isTrue();
                footprints.add(Footprint.now());
            }
            check("both ends, in memory", 2, LOCAL_SESSIONS, footprints.get(0), footprints.get(1), footprints.get(2));
            assertThat(server.sessions().count()).isEqualTo(WARM_UP + LOCAL_SESSIONS);
            assertThat(sessions).allMatch(Session::isHealthy);
        }
    }

    @Test
    void connectionsOfTcpCostTheSameInEachOfTwoProcesses() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        IdleCostServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Session> sessions = new ArrayList<>();
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8);
                PrintWriter out = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
                Peer client = Peer.builder().name("idle-client").build()) {
            String address = "tcp://127.0.0.1:" + in.readLine();
            List<Footprint> here = new ArrayList<>();
            List<Footprint> there = new ArrayList<>();
            for (int count : List.of(WARM_UP, TCP_SESSIONS / 2, TCP_SESSIONS / 2)) {
                dial(client, address, count, sessions);
                out.println(count);
                there.add(Footprint.parse(in.readLine()));
                here.add(Footprint.now());
            }
            check("client, TCP", 1, TCP_SESSIONS, here.get(0), here.get(1), here.get(2));
            check("server, TCP", 1, TCP_SESSIONS, there.get(0), there.get(1), there.get(2));
            assertThat(sessions).allMatch(Session::isHealthy);
        } finally {
            process.destroyForcibly();
        }
    }
}
