package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Guarantee G7: what a session costs that is open and says nothing, and that the next ones cost no more. Each is measured in a process of its own, since
 * what other tests leave behind and the JVM frees later would count. Prints the figures. System property
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

    private static void check(String where, int ends, int sessions, List<Footprint> measured) {
        Footprint none = measured.get(0);
        Footprint half = measured.get(1);
        Footprint all = measured.get(2);
        long counted = (long) ends * (sessions / 2);
        long firstHalf = (half.heap() - none.heap()) / counted;
        long secondHalf = (all.heap() - half.heap()) / counted;
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

    private static Child child(String role, String address) throws IOException {
        return new Child(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        IdleCostProcess.class.getName(),
                        role,
                        address)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    @Test
    void twentyThousandSessionsInOneProcessCostTwentyThousandTimesWhatOneCosts() throws Exception {
        try (Child both = child("both", "local://idle-cost")) {
            List<Footprint> footprints = new ArrayList<>();
            int sessions = 0;
            for (int count : List.of(WARM_UP, LOCAL_SESSIONS / 2, LOCAL_SESSIONS / 2)) {
                sessions += count;
                both.ask(count);
                footprints.add(both.footprintOf(sessions));
            }
            check("both ends, in memory", 2, LOCAL_SESSIONS, footprints);
        }
    }

    @Test
    void connectionsOfTcpCostTheSameInEachOfTwoProcesses() throws Exception {
        try (Child server = child("listen", "tcp://127.0.0.1:0");
                Child client = child("dial", "tcp://127.0.0.1:" + server.line())) {
            List<Footprint> here = new ArrayList<>();
            List<Footprint> there = new ArrayList<>();
            int sessions = 0;
            for (int count : List.of(WARM_UP, TCP_SESSIONS / 2, TCP_SESSIONS / 2)) {
                sessions += count;
                client.ask(count);
                here.add(client.footprintOf(sessions));
                server.ask(count);
                there.add(server.footprintOf(sessions));
            }
            check("client, TCP", 1, TCP_SESSIONS, here);
            check("server, TCP", 1, TCP_SESSIONS, there);
        }
    }

    /** A process of {@link IdleCostProcess}. */
    private record Child(Process process, BufferedReader in, PrintWriter out) implements AutoCloseable {

        Child(Process process) {
            this(
                    process,
                    process.inputReader(StandardCharsets.UTF_8),
                    new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true));
        }

        void ask(int sessions) {
            out.println(sessions);
        }

        String line() throws IOException {
            String line = in.readLine();
            if (line == null) {
                throw new AssertionError("the process of idle sessions ended");
            }
            return line;
        }

        Footprint footprintOf(int sessions) throws IOException {
            assertThat(line()).as("healthy sessions").isEqualTo(Integer.toString(sessions));
            return Footprint.parse(line());
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
