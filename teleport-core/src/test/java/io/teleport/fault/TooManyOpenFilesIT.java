package io.teleport.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.teleport.peer.Peer;
import io.teleport.session.Session;
import io.teleport.testing.ChildProcess;
import io.teleport.testing.Eventually;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that has no file descriptor left for another connection (EMFILE). */
@Timeout(180)
class TooManyOpenFilesIT {

    private static final int FILES = 200;

    private static final String CANNOT = "cannot accept connections, tries again";

    @Test
    void itServesWhomItHasTellsOnceAndAcceptsAgainLater() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
        List<Socket> idle = new ArrayList<>();
        try (ChildProcess child = new ChildProcess(
                        List.of("/bin/sh", "-c", "ulimit -n " + FILES + "; exec \"$0\" \"$@\""), FewFilesServer.class);
                Peer client = FaultCase.options("fault-client").build()) {
            int port = Integer.parseInt(child.awaitLine(FewFilesServer.LISTENING));
            String address = "tcp://127.0.0.1:" + port;
            Bystander bystander = new Bystander(address);
            bystander.goesOn();
            // The system accepts for the server, as many as its queue holds.
            for (int i = 0; i < FILES; i++) {
                idle.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            assertThat(child.awaitLine(CANNOT)).contains("Too many open files");
            Session late = client.dial(address);
            CompletableFuture<Integer> waiting = late.callAsync("/echo", 7, int.class);
            bystander.goesOn();
            // Behind the others, whom nobody has accepted.
            assertThat(waiting).isNotDone();
            for (Socket one : idle) {
                one.close();
            }
            assertThat(FaultCase.soon(waiting)).isEqualTo(7);
            child.awaitLine("accepts connections again");
            Eventually.holds("the others are gone", () -> late.call("/open", null, int.class) == 2);
            try (Socket another = new Socket(InetAddress.getLoopbackAddress(), port)) {
                Eventually.holds("one more", () -> late.call("/open", null, int.class) == 3);
                assertThat(another.isConnected()).isTrue();
            }
            assertThat(child.said(CANNOT)).isEqualTo(1);
            assertThat(child.said(" ERROR ")).isZero();
            bystander.end();
            FaultCase.soon(client.closeAsync(Duration.ZERO));
        } finally {
            for (Socket one : idle) {
                one.close();
            }
        }
    }
}
