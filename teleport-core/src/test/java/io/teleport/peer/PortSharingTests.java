package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.teleport.transport.IoKind;
import io.teleport.transport.tcp.TcpTransport;
import java.util.HashSet;
import java.util.Set;
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
