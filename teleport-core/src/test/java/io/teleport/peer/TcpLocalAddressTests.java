package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.transport.InvalidAddressException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dialing from an address of one's own: what Go's {@code local_ip} and {@code local_port} are. */
class TcpLocalAddressTests extends PeerPair {

    @Override
    String address() {
        return "tcp://127.0.0.1:0";
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "127.0.0.2:0"})
    void dialsFromTheAddressThatIsAskedFor(String local) {
        start(builder -> builder, builder -> builder);
        server.router().call("/who", void.class, (context, nothing) -> context.remoteAddress());

        session = client.dial("tcp://127.0.0.1:" + server.port() + "?bind=" + local);

        assertThat(session.localAddress()).startsWith("127.0.0.2:");
        assertThat(session.call("/who", null, String.class)).isEqualTo(session.localAddress());
    }

    @Test
    void dialsFromTheLocalPortThatIsAskedFor() {
        start(builder -> builder, builder -> builder);
        // A port that was free a moment ago.
        session = client.dial("tcp://127.0.0.1:" + server.port());
        String free = session.localAddress();
        session.close();
        String second = free.replace("127.0.0.1", "127.0.0.3");

        session = client.dial("tcp://127.0.0.1:" + server.port() + "?bind=" + second);

        assertThat(session.localAddress()).isEqualTo(second);
    }

    @Test
    void anAddressOfAnotherMachineFailsTheDial() {
        start(builder -> builder, builder -> builder);

        assertThat(refusal(() -> client.dial("tcp://127.0.0.1:" + server.port() + "?bind=192.0.2.1"))
                        .code())
                .isEqualTo(105);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "nowhere:1", "127.0.0.1:70000", "127.0.0.1:0/x", ""})
    void whatIsNoAddressIsRefused(String local) {
        start(builder -> builder, builder -> builder);

        assertThatThrownBy(() -> client.dial("tcp://127.0.0.1:" + server.port() + "?bind=" + local))
                .isInstanceOf(InvalidAddressException.class)
                .hasMessageContaining("dials from '" + local + "' (expected ?bind= and an IP address");
    }
}
