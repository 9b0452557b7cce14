package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.ProtocolContext;
import io.teleport.session.Session;
import io.teleport.testing.Threads;
import io.teleport.transport.InvalidAddressException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PeerLifecycleTests {

    @Test
    void aPortInUseIsSaidWithItsAddress() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "tcp://127.0.0.1:" + taken.getLocalPort();
            Peer peer = Peer.builder().name("second").listen(address).build();
            assertThatThrownBy(peer::start)
                    .isInstanceOf(ListenException.class)
                    .hasMessageContaining("Peer 'second' cannot listen on " + address)
                    .hasMessageContaining("already in use");
            assertThat(peer.state()).isEqualTo(PeerState.CLOSED);
            assertThat(Threads.thatStay("teleport-second-")).isEmpty();
        }
    }

    @Test
    void whenOneAddressCannotBeBoundNoneIs() throws Exception {
        Peer peer =
                Peer.builder().listen("local://twice").listen("local://twice").build();
        assertThatThrownBy(peer::start).isInstanceOf(ListenException.class);
        try (Peer next = Peer.builder().listen("local://twice").build().start()) {
            assertThat(next.state()).isEqualTo(PeerState.RUNNING);
        }
    }

    @Test
    void anAddressWithoutPortEndsThePeerThatStarts() {
        Peer peer = Peer.builder().listen("tcp://127.0.0.1").build();
        assertThatThrownBy(peer::start).isInstanceOf(InvalidAddressException.class);
        assertThat(peer.state()).isEqualTo(PeerState.CLOSED);
    }

    @Test
    void aPeerStartsOnceAndNotAfterItsEnd() {
        Peer peer = Peer.builder().listen("local://once").build().start();
        assertThatThrownBy(peer::start).isInstanceOf(IllegalStateException.class);
        peer.close();
        peer.close();
        assertThatThrownBy(peer::start).hasMessage("Peer 'teleport' is CLOSED and cannot be started");
        assertThatThrownBy(() -> peer.dial("local://once"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Peer 'teleport' is CLOSED and cannot dial");
    }

    @Test
    void aRefusedDialIs105WithTheTextOfTheSystem() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (Peer client = Peer.client()) {
            assertThatThrownBy(() -> client.dial("tcp://127.0.0.1:" + free))
                    .isInstanceOfSatisfying(StatusException.class, e -> {
                        assertThat(e.status().code()).isEqualTo(105);
                        assertThat(e.status().cause()).contains("Connection refused");
                    });
        }
    }

    @Test
    @Timeout(300)
    void aDialThatMeetsTheClosingOfItsPeerEnds() throws Exception {
        try (Peer server = Peer.builder().listen("tcp://127.0.0.1:0").build().start()) {
            String address = "tcp://127.0.0.1:" + server.port();
            for (int round = 0; round < 200; round++) {
                Peer client = Peer.builder().name("racing").eventLoopThreads(1).build();
                List<CompletableFuture<Session>> dials = new ArrayList<>();
                dials.add(client.dialAsync(address));
                if (round % 2 == 0) {
                    dials.get(0).get(60, TimeUnit.SECONDS);
                }
                CompletableFuture<Void> closed = client.closeAsync();
                try {
                    while (!closed.isDone()) {
                        dials.add(client.dialAsync(address));
                    }
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageStartingWith("Peer 'racing' is ");
                }
                for (CompletableFuture<Session> dial : dials) {
                    try {
                        Session session = dial.get(60, TimeUnit.SECONDS);
                        session.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
                    } catch (ExecutionException e) {
                        assertThat(e.getCause()).isInstanceOf(StatusException.class);
                    }
                }
                closed.get(60, TimeUnit.SECONDS);
                assertThat(client.sockets().openCount()).isZero();
                assertThat(client.sessions().count()).isZero();
            }
        }
        assertThat(Threads.thatStay("teleport-racing-")).isEmpty();
    }

    @Test
    void optionsSayWhatWasFoundAndWhatWasExpected() {
        assertThatThrownBy(() -> Peer.builder().handlerThreads(0).build())
                .hasMessage("Option 'handlerThreads' is 0 (expected 1 or more)");
        assertThatThrownBy(() -> Peer.builder().name(" ").build())
                .hasMessage("Option 'name' is blank (expected a name)");
        assertThatThrownBy(() -> Peer.builder().messageLimit(3).build())
                .hasMessage("Option 'messageLimit' is 3 (expected 64 or more)");
        assertThatThrownBy(() -> Peer.builder().closedSocketHistory(-1).build())
                .hasMessage("Option 'closedSocketHistory' is -1 (expected 0 or more)");
        assertThatThrownBy(() -> Peer.builder().callTimeout(Duration.ZERO).build())
                .hasMessage("Option 'callTimeout' is PT0S (expected more than zero, 24 days at the most)");
        assertThatThrownBy(() ->
                        Peer.builder().closeTimeout(Duration.ofDays(100_000)).build())
                .hasMessage("Option 'closeTimeout' is PT2400000H (expected zero to 24 days)");
        assertThatThrownBy(() -> Peer.builder().protocol("smoke").build())
                .hasMessage(
                        "Unknown protocol 'smoke' (known: [raw, json, protobuf, thrift-binary, thrift-struct, http])");
    }

    @Test
    void aDialWhoseProtocolFailsEnds() throws Exception {
        Protocol broken = new Protocol() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public FrameCodec newFrameCodec(ProtocolContext context) {
                throw new IllegalStateException("no codec");
            }
        };
        try (Peer server = Peer.builder().listen("local://broken").build().start();
                Peer client = Peer.builder().register(broken).protocol("broken").build()) {
            assertThat(PeerPair.refusal(
                            client.dialAsync(server.listening().get(0).toString())))
                    .isEqualTo(Status.of(105, "Dial Failed", "no codec"));
        }
    }
}
