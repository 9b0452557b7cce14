package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.teleport.message.StatusException;
import io.teleport.session.Session;
import io.teleport.transport.IoKind;
import io.teleport.transport.tcp.TcpTransport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PortSharingTests {

    private static Peer named(String name, int port) {
        Peer peer = Peer.builder()
                .name(name)
                .listen("tcp://127.0.0.1:" + port)
                .reusePort(true)
                .eventLoopThreads(1)
                .build();
        peer.router().call("/who", void.class, (context, nothing) -> name);
        return peer.start();
    }

    @Test
    @Timeout(60)
    void peersThatSaySoShareAnAddress() {
        assumeTrue(IoKind.best() == IoKind.EPOLL);
        try (Peer one = named("one", 0);
                Peer other = named("other", one.port());
                Peer client = Peer.client()) {
            Set<String> answers = new HashSet<>();
            while (answers.size() < 2) {
                answers.add(client.dial("tcp://127.0.0.1:" + one.port()).call("/who", null, String.class));
            }
            one.closeAsync().join();
            assertThat(client.dial("tcp://127.0.0.1:" + other.port()).call("/who", null, String.class))
                    .isEqualTo("other");
        }
    }

    @Test
    @Timeout(60)
    void connectionsThatWaitForAPeerThatClosesAreStillServed() throws Exception {
        assumeTrue(IoKind.best() == IoKind.EPOLL);
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (Peer one = named("one", 0);
                Peer other = named("other", one.port());
                Peer client = Peer.client()) {
            one.router().inline().call("/block", void.class, (context, nothing) -> {
                blocked.countDown();
                while (release.getCount() > 0) {
                    // Keeps the event loop busy; EventLoopGuard refuses any kind of waiting here, Thread.onSpinWait
                    // too.
                }
                return null;
            });
            String address = "tcp://127.0.0.1:" + other.port();
            Session toOne = client.dial(address);
            while (!toOne.call("/who", null, String.class).equals("one")) {
                toOne = client.dial(address);
            }
            CompletableFuture<Void> block = toOne.callAsync("/block", null, void.class);
            blocked.await();
            List<Session> sessions = new ArrayList<>();
            List<CompletableFuture<String>> calls = new ArrayList<>();
            CompletableFuture<Void> closed;
            try {
                // About half of these lie in the queue of a peer that cannot accept them now.
                for (int i = 0; i < 32; i++) {
                    sessions.add(client.dial(address));
                }
                closed = one.closeAsync();
                while (!one.listening().isEmpty()) {
                    Thread.onSpinWait();
                }
                for (Session session : sessions) {
                    calls.add(session.callAsync("/who", null, String.class).exceptionally(PortSharingTests::codeOf));
                }
            } finally {
                release.countDown();
            }
            for (CompletableFuture<String> call : calls) {
                assertThat(call.get(60, TimeUnit.SECONDS)).isIn("one", "other", "503");
            }
            block.get(60, TimeUnit.SECONDS);
            closed.get(60, TimeUnit.SECONDS);
        }
    }

    private static String codeOf(Throwable failure) {
        return String.valueOf(((StatusException) failure).status().code());
    }

    @Test
    void aPeerThatDoesNotSaySoHasItsAddressAlone() {
        try (Peer alone = Peer.builder().listen("tcp://127.0.0.1:0").build().start()) {
            Peer second =
                    Peer.builder().listen("tcp://127.0.0.1:" + alone.port()).build();
            assertThatThrownBy(second::start)
                    .isInstanceOf(ListenException.class)
                    .hasMessageContaining("already in use");
        }
    }

    @Test
    void whereAnAddressCannotBeSharedTheReasonIsSaid() {
        assertThatThrownBy(() -> Peer.builder()
                        .register(new TcpTransport(IoKind.NIO))
                        .listen("tcp://127.0.0.1:0")
                        .reusePort(true)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Option 'reusePort' is true, but tcp://127.0.0.1:0 cannot be shared: that needs Linux and "
                        + "io.netty:netty-transport-native-epoll for its processor on the class path");
        assertThatThrownBy(() -> Peer.builder()
                        .listen("unix:///tmp/shared.sock")
                        .reusePort(true)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Option 'reusePort' is true, but unix:///tmp/shared.sock cannot be shared: network 'unix' "
                        + "has no addresses that several can listen on");
    }
}
