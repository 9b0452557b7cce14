package io.teleport.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.boot.DialCustomizer;
import io.teleport.boot.Teleport;
import io.teleport.peer.DialOptions;
import io.teleport.peer.Peer;
import io.teleport.peer.PeerOptions;
import io.teleport.router.Ordering;
import io.teleport.session.CallObserver;
import io.teleport.session.LoginPolicy;
import io.teleport.session.RedialPolicy;
import io.teleport.session.WhileRedialing;
import io.teleport.socket.OutboundPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What holds of a peer for which nothing but its addresses is configured: design section 8, and every limit is on. */
class SafeDefaultsTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TeleportAutoConfiguration.class))
            .withPropertyValues("teleport.peers.plain.listen=local://safe-defaults");

    @Test
    void everyLimitIsOn() {
        runner.run(context -> {
            Peer peer = context.getBean(Teleport.class).peer("plain");
            PeerOptions options = peer.options();
            assertThat(options.messageLimit()).isEqualTo(16 * 1024 * 1024);
            assertThat(options.frameTimeout()).isEqualTo(Duration.ofSeconds(30));
            assertThat(options.handshakeTimeout()).isEqualTo(Duration.ofSeconds(10));
            assertThat(options.dialTimeout()).isEqualTo(Duration.ofSeconds(10));
            assertThat(options.callTimeout()).isEqualTo(Duration.ofSeconds(30));
            assertThat(options.closeTimeout()).isEqualTo(Duration.ofSeconds(10));
            assertThat(options.outboundLimit()).isEqualTo(8L * 1024 * 1024);
            assertThat(options.outboundPolicy()).isEqualTo(OutboundPolicy.REFUSE);
            assertThat(options.pendingLimit()).isEqualTo(65_536);
            assertThat(options.handlersPerSession()).isEqualTo(10_000);
            assertThat(options.handlerThreads()).isEqualTo(256);
            assertThat(options.handlerQueue()).isEqualTo(20_000);
            assertThat(options.closedSocketHistory()).isEqualTo(256);
            assertThat(options.eventLoopThreads())
                    .isEqualTo(Runtime.getRuntime().availableProcessors());
        });
    }

    @Test
    void nothingIsTrustedLoggedOrAddedUnasked() {
        runner.run(context -> {
            Peer peer = context.getBean(Teleport.class).peer("plain");
            PeerOptions options = peer.options();
            assertThat(options.includeCause()).isFalse();
            assertThat(options.observer()).isSameAs(CallObserver.NONE);
            assertThat(peer.plugins()).isEmpty();
            assertThat(options.reusePort()).isFalse();
            assertThat(options.loginPolicy()).isEqualTo(LoginPolicy.ALLOW_MANY);
            assertThat(options.ordering()).isEqualTo(Ordering.NONE);
        });
    }

    /** Silence is legal, so that no connection ends for its age or that of a handler. */
    @Test
    void nothingEndsAConnectionThatOnlyListens() {
        runner.run(context -> {
            PeerOptions options = context.getBean(Teleport.class).peer("plain").options();
            assertThat(options.sessionAge()).isZero();
            assertThat(options.contextAge()).isZero();
            assertThat(options.retryAfter()).isZero();
        });
    }

    @Test
    void dialedPeersComeBackWithBackoffAndJitterForEver() {
        List<DialOptions> dialed = new ArrayList<>();
        runner.withPropertyValues("teleport.peers.remote.dial=local://safe-defaults")
                .withBean(DialCustomizer.class, () -> (name, options) -> {
                    dialed.add(options);
                    return options;
                })
                .run(context -> assertThat(dialed).singleElement().satisfies(options -> {
                    RedialPolicy policy = Objects.requireNonNull(options.redial());
                    assertThat(policy.rounds()).isNegative();
                    assertThat(policy.whileRedialing()).isEqualTo(WhileRedialing.WAIT);
                    assertThat(policy.delay()).hasToString("up to PT0.1S, doubled up to PT10S");
                }));
    }
}
