package io.teleport.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketTotals;
import io.teleport.testing.ChildProcess;
import io.teleport.testing.Eventually;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Very many clients, all in another process, connect at once and call, and die at once. System property {@code teleport.fault.storm} changes how many,
 * 2,000 by default.
 */
class ConnectStormIT extends FaultCase {

    private static final int CLIENTS = Integer.getInteger("teleport.fault.storm", 2_000);

    @Test
    void everyOneIsServedAndTheirEndIsRecordedWithItsReason() throws Exception {
        serve();
        try (ChildProcess storm = new ChildProcess(StormClient.class, address(), String.valueOf(CLIENTS))) {
            String result = storm.awaitLine(StormClient.DONE);
            assertThat(result).startsWith(CLIENTS + " in ");
            System.out.printf("%d clients connected and called at once: %s%n", CLIENTS, result);
            assertThat(server.sockets().openCount()).isEqualTo(CLIENTS + 1);
            assertThat(server.sessions().count()).isEqualTo(CLIENTS + 1);
            bystander.goesOn();
            storm.kill();
            Eventually.holds("all are gone", () -> server.sockets().openCount() == 1);
            Eventually.holds("and their sessions", () -> server.sessions().count() == 1);
            SocketTotals totals = server.sockets().totals();
            Map<CloseReason, Long> ends = totals.closed();
            assertThat(ends.keySet()).isSubsetOf(CloseReason.REMOTE, CloseReason.IO_ERROR);
            assertThat(ends.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(CLIENTS);
        }
    }
}
