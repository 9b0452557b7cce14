package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.transport.InvalidAddressException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Where Go ends the process, the caller gets an exception. */
class PeerSettingsTests {

    @Test
    void anUnknownNetworkIsAnExceptionToTheCaller() {
        assertThatThrownBy(() -> Peer.builder().listen("smoke://signal").build())
                .isInstanceOf(InvalidAddressException.class)
                .hasMessageContaining("smoke");
    }

    @Test
    void anUnknownDefaultCodecIsAnExceptionToTheCaller() {
        assertThatThrownBy(() -> Peer.builder().bodyCodec("morse").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("morse");
    }

    @Test
    void agesAndHintsAreNotNegativeAndThereAreNoneByDefault() {
        PeerOptions defaults = Peer.builder().options();
        assertThat(defaults.sessionAge()).isZero();
        assertThat(defaults.retryAfter()).isZero();
        assertThat(defaults.reusePort()).isFalse();
        assertThatThrownBy(
                        () -> Peer.builder().sessionAge(Duration.ofSeconds(-1)).build())
                .hasMessage("Option 'sessionAge' is PT-1S (expected zero or more)");
        assertThatThrownBy(
                        () -> Peer.builder().retryAfter(Duration.ofSeconds(-1)).build())
                .hasMessage("Option 'retryAfter' is PT-1S (expected zero or more)");
    }

    @Test
    void theDefaultsAreSafeAsOneSet() {
        PeerOptions options = Peer.builder().options();

        assertThat(options.bodyCodec()).isEqualTo("json");
        assertThat(options.dialTimeout()).hasSeconds(10);
        assertThat(options.callTimeout()).hasSeconds(30);
        assertThat(options.handshakeTimeout()).hasSeconds(10);
        assertThat(options.messageLimit()).isEqualTo(16 * 1024 * 1024);
        assertThat(options.contextAge()).isZero();
        assertThat(DialOptions.to("tcp://127.0.0.1:1").redial()).isNull();
    }

    @Test
    void port0IsAnyFreePort() {
        try (Peer peer = Peer.builder().listen("tcp://127.0.0.1:0").build().start()) {
            assertThat(peer.port()).isPositive();
            assertThat(peer.listening()).singleElement().hasToString("tcp://127.0.0.1:" + peer.port());
        }
    }
}
