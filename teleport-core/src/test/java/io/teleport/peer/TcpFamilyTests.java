package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.util.NetUtil;
import io.teleport.message.StatusException;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import io.teleport.transport.InvalidAddressException;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The networks {@code tcp4} and {@code tcp6}. */
class TcpFamilyTests extends PeerPair {

    private String address = "tcp4://localhost:0";

    @Override
    String address() {
        return address;
    }

    private void connectAndCall() {
        connect();
        server.router().call("/echo", String.class, (context, text) -> text);
        assertThat(session.call("/echo", "hello", String.class)).isEqualTo("hello");
    }

    private static void assumeIpv6() {
        assumeThat(hasIpv6()).as("this machine has IPv6").isTrue();
    }

    private static boolean hasIpv6() {
        try (ServerSocket probe = new ServerSocket(0, 1, NetUtil.LOCALHOST6)) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void tcp4UsesIpv4() {
        connectAndCall();
        assertThat(session.remoteAddress()).startsWith("127.0.0.1:");
        assertThat(server.listening()).singleElement().hasToString("tcp4://localhost:" + server.port());
        assertThat(client.sockets().open())
                .singleElement()
                .matches(socket -> socket.network().equals("tcp4"));
    }

    @Test
    void tcp6UsesIpv6() {
        assumeIpv6();
        address = "tcp6://[::1]:0";
        connectAndCall();
        assertThat(session.remoteAddress()).isEqualTo("[::1]:" + server.port());
    }

    @Test
    void listeningOnAnAddressOfTheOtherFamilyFails() {
        address = "tcp6://127.0.0.1:0";
        assertThatThrownBy(this::connect)
                .isInstanceOf(InvalidAddressException.class)
                .hasMessageContaining("host '127.0.0.1' has no IPv6 address (found: ")
                .hasMessageContaining("127.0.0.1]");
    }

    @Test
    void dialingAnAddressOfTheOtherFamilyFails() {
        connect();
        assertThat(refusal(() -> client.dial("tcp6://127.0.0.1:" + server.port())))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(105))
                .satisfies(refused -> assertThat(refused.cause()).contains("host '127.0.0.1' has no IPv6 address"));
    }

    @Test
    void aWildcardOfTcp6DoesNotServeIpv4() throws Exception {
        assumeIpv6();
        address = "tcp6://[::]:0";
        start(options -> options, options -> options);
        try {
            Session uninvited = client.dial("tcp://127.0.0.1:" + server.port());
            assertThat(uninvited
                            .closeFuture()
                            .toCompletableFuture()
                            .get(60, TimeUnit.SECONDS)
                            .reason())
                    .isIn(CloseReason.REMOTE, CloseReason.IO_ERROR);
        } catch (StatusException refused) {
            assertThat(refused.status().code()).isEqualTo(105);
        }
        assertThat(server.sockets().openCount()).isZero();
        assertThat(server.sockets().closed()).isEmpty();
    }
}
