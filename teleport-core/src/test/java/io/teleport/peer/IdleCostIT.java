package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.testing.ChildProcess;
import java.io.IOException;
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

    /** Lets the process have so many sessions more. */
    private static void more(ChildProcess process, int count) throws IOException {
        process.say(Integer.toString(count));
    }

    private static Footprint footprint(ChildProcess process, int sessions) throws InterruptedException {
        assertThat(process.awaitLine(IdleCostProcess.HEALTHY)).isEqualTo(Integer.toString(sessions));
        return Footprint.parse(process.awaitLine(IdleCostProcess.HOLDS));
    }

    @Test
    void twentyThousandSessionsInOneProcessCostTwentyThousandTimesWhatOneCosts() throws Exception {
        try (ChildProcess both = new ChildProcess(IdleCostProcess.class, "both", "local://idle-cost")) {
            List<Footprint> footprints = new ArrayList<>();
            int sessions = 0;
            for (int count : List.of(WARM_UP, LOCAL_SESSIONS / 2, LOCAL_SESSIONS / 2)) {
                sessions += count;
                more(both, count);
                footprints.add(footprint(both, sessions));
            }
            check("both ends, in memory", 2, LOCAL_SESSIONS, footprints);
        }
    }

    @Test
    void connectionsOfTcpCostTheSameInEachOfTwoProcesses() throws Exception {
        try (ChildProcess server = new ChildProcess(IdleCostProcess.class, "listen", "tcp://127.0.0.1:0");
                ChildProcess client = new ChildProcess(
                        IdleCostProcess.class, "dial", "tcp://127.0.0.1:" + server.awaitLine(IdleCostProcess.PORT))) {
            List<Footprint> here = new ArrayList<>();
            List<Footprint> there = new ArrayList<>();
            int sessions = 0;
            for (int count : List.of(WARM_UP, TCP_SESSIONS / 2, TCP_SESSIONS / 2)) {
                sessions += count;
                more(client, count);
                here.add(footprint(client, sessions));
                more(server, count);
                there.add(footprint(server, sessions));
            }
            check("client, TCP", 1, TCP_SESSIONS, here);
            check("server, TCP", 1, TCP_SESSIONS, there);
        }
    }
}
