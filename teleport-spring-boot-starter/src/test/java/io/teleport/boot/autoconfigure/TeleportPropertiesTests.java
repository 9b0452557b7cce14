package io.teleport.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.boot.Teleport;
import io.teleport.peer.Peer;
import io.teleport.peer.PeerDefaults;
import io.teleport.peer.PeerOptions;
import io.teleport.plugin.runlog.RunLog;
import io.teleport.router.Ordering;
import io.teleport.session.CallObserver;
import io.teleport.session.LoginPolicy;
import io.teleport.socket.OutboundPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TeleportPropertiesTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TeleportAutoConfiguration.class));

    @Test
    void everySettingReachesThePeer() {
        runner.withPropertyValues(
                        "teleport.peers.all.protocol=raw",
                        "teleport.peers.all.body-codec=plain",
                        "teleport.peers.all.accepted-body-codecs=json,plain",
                        "teleport.peers.all.message-limit=1MB",
                        "teleport.peers.all.outbound-limit=2MB",
                        "teleport.peers.all.outbound-policy=drop-oldest-push",
                        "teleport.peers.all.pending-limit=3",
                        "teleport.peers.all.frame-timeout=4s",
                        "teleport.peers.all.handshake-timeout=3s",
                        "teleport.peers.all.dial-timeout=5s",
                        "teleport.peers.all.call-timeout=6s",
                        "teleport.peers.all.close-timeout=0",
                        "teleport.peers.all.handlers-per-session=7",
                        "teleport.peers.all.handler.threads=8",
                        "teleport.peers.all.handler.queue=9",
                        "teleport.peers.all.event-loop-threads=1",
                        "teleport.peers.all.closed-socket-history=0",
                        "teleport.peers.all.ordering=session",
                        "teleport.peers.all.login-policy=replace-oldest",
                        "teleport.peers.all.session-age=1d",
                        "teleport.peers.all.retry-after=11s",
                        "teleport.peers.all.reuse-port=true",
                        "teleport.peers.all.include-cause=true",
                        "teleport.peers.all.service-method-mapper=rpc")
                .run(context -> {
                    PeerOptions options =
                            context.getBean(Teleport.class).peer("all").options();
                    assertThat(options.bodyCodec()).isEqualTo("plain");
                    assertThat(options.acceptedBodyCodecs()).containsExactlyInAnyOrder("json", "plain");
                    assertThat(options.messageLimit()).isEqualTo(1024 * 1024);
                    assertThat(options.outboundLimit()).isEqualTo(2 * 1024 * 1024);
                    assertThat(options.outboundPolicy()).isEqualTo(OutboundPolicy.DROP_OLDEST_PUSH);
                    assertThat(options.pendingLimit()).isEqualTo(3);
                    assertThat(options.frameTimeout()).isEqualTo(Duration.ofSeconds(4));
                    assertThat(options.handshakeTimeout()).isEqualTo(Duration.ofSeconds(3));
                    assertThat(options.dialTimeout()).isEqualTo(Duration.ofSeconds(5));
                    assertThat(options.callTimeout()).isEqualTo(Duration.ofSeconds(6));
                    assertThat(options.closeTimeout()).isZero();
                    assertThat(options.sessionAge()).isEqualTo(Duration.ofDays(1));
                    assertThat(options.retryAfter()).isEqualTo(Duration.ofSeconds(11));
                    assertThat(options.reusePort()).isTrue();
                    assertThat(options.handlersPerSession()).isEqualTo(7);
                    assertThat(options.handlerThreads()).isEqualTo(8);
                    assertThat(options.handlerQueue()).isEqualTo(9);
                    assertThat(options.eventLoopThreads()).isEqualTo(1);
                    assertThat(options.closedSocketHistory()).isZero();
                    assertThat(options.ordering()).isEqualTo(Ordering.SESSION);
                    assertThat(options.loginPolicy()).isEqualTo(LoginPolicy.REPLACE_OLDEST);
                    assertThat(options.includeCause()).isTrue();
                    assertThat(options.serviceMethodMapper().map("Math", "Add")).isEqualTo("Math.Add");
                });
    }

    @Test
    void orderContextAgeAndIgnoredCaseAreSettings() {
        runner.withPropertyValues(
                        "teleport.peers.keyed.ordering=key",
                        "teleport.peers.keyed.ordering-key=X-Account",
                        "teleport.peers.keyed.context-age=3s",
                        "teleport.peers.keyed.ignore-case=true")
                .run(context -> {
                    Peer peer = context.getBean(Teleport.class).peer("keyed");
                    assertThat(peer.options().ordering()).isEqualTo(Ordering.KEY);
                    assertThat(peer.options().orderKey()).hasToString("key in metadata 'X-Account'");
                    assertThat(peer.options().contextAge()).isEqualTo(Duration.ofSeconds(3));
                    assertThat(peer.plugins().get(0).name()).isEqualTo("ignorecase");
                });
    }

    @Test
    void anOrderByKeyNeedsTheNameOfTheKey() {
        runner.withPropertyValues("teleport.peers.keyed.ordering=key")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("'ordering-key' is not set"));
    }

    @Test
    void theRunLogIsAnObserverIfEnabled() {
        runner.withPropertyValues(
                        "teleport.peers.logged.run-log.enabled=true",
                        "teleport.peers.logged.run-log.slow-threshold=1s",
                        "teleport.peers.logged.run-log.detail=true",
                        "teleport.peers.logged.run-log.secret-metadata=X-Pin",
                        "teleport.peers.silent.protocol=raw")
                .run(context -> {
                    Teleport teleport = context.getBean(Teleport.class);
                    assertThat(teleport.peer("logged").options().observer()).isInstanceOf(RunLog.class);
                    assertThat(teleport.peer("silent").options().observer()).isSameAs(CallObserver.NONE);
                });
    }

    @Test
    void aNegativeSlowThresholdIsRefusedWithItsKey() {
        runner.withPropertyValues(
                        "teleport.peers.logged.run-log.enabled=true",
                        "teleport.peers.logged.run-log.slow-threshold=-1s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("run-log")
                        .hasStackTraceContaining("slowThreshold"));
    }

    @Test
    void whatAPeerDoesNotSayComesFromTheDefaultsAndThenFromTheCore() {
        runner.withPropertyValues(
                        "teleport.defaults.call-timeout=7s",
                        "teleport.defaults.handler.threads=5",
                        "teleport.peers.own.call-timeout=2s",
                        "teleport.peers.own.handler.queue=6",
                        "teleport.peers.inheriting.protocol=raw")
                .run(context -> {
                    PeerOptions own =
                            context.getBean(Teleport.class).peer("own").options();
                    assertThat(own.callTimeout()).isEqualTo(Duration.ofSeconds(2));
                    assertThat(own.handlerThreads()).isEqualTo(5);
                    assertThat(own.handlerQueue()).isEqualTo(6);
                    PeerOptions inheriting =
                            context.getBean(Teleport.class).peer("inheriting").options();
                    assertThat(inheriting.callTimeout()).isEqualTo(Duration.ofSeconds(7));
                    assertThat(inheriting.dialTimeout()).isEqualTo(PeerDefaults.DIAL_TIMEOUT);
                });
    }

    @Test
    void peersKeepTheirOrder() {
        runner.withPropertyValues(
                        "teleport.peers.zulu.protocol=raw",
                        "teleport.peers.alpha.protocol=raw",
                        "teleport.peers.mike.protocol=raw")
                .run(context -> assertThat(context.getBean(Teleport.class).peers())
                        .extracting(peer -> peer.name())
                        .containsExactly("zulu", "alpha", "mike"));
    }

    @Test
    void impossibleValuesAreRefusedWithTheirKey() {
        runner.withPropertyValues("teleport.peers.orders.pending-limit=0")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("peers[orders].pendingLimit"));
    }

    @Test
    void withoutValidationTheCoreRefusesThem() {
        runner.withClassLoader(new FilteredClassLoader("jakarta.validation", "org.hibernate.validator"))
                .withPropertyValues("teleport.peers.orders.pending-limit=0")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("Option 'pendingLimit' is 0 (expected 1 or more)"));
    }

    @Test
    void webSocketsListenAndDialAsToldAndHeadersStayUnseen() {
        runner.withPropertyValues(
                        "teleport.peers.server.listen=ws://127.0.0.1:0/teleport",
                        "teleport.peers.server.web-socket.allowed-origins=https://a.example,https://b.example",
                        "teleport.peers.server.web-socket.ping-interval=20s",
                        "teleport.peers.client.web-socket.dial-headers.Origin=https://b.example",
                        "teleport.peers.stranger.web-socket.dial-headers.Origin=https://c.example",
                        "teleport.defaults.web-socket.dial-headers.Authorization=abc123")
                .run(context -> {
                    Teleport teleport = context.getBean(Teleport.class);
                    String address = teleport.peer("server").listening().get(0).toString();
                    assertThat(teleport.peer("client").dial(address).isHealthy())
                            .isTrue();
                    assertThatThrownBy(() -> teleport.peer("stranger").dial(address))
                            .hasMessageContaining("bad status: 403 Forbidden");
                    assertThat(context.getBean(TeleportProperties.class).toString())
                            .contains("dialHeaders=[Authorization]")
                            .doesNotContain("abc123");
                });
        runner.withPropertyValues("teleport.peers.client.web-socket.dial-headers.Upgrade=h2c")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("Header 'Upgrade' belongs to the handshake"));
    }
}
