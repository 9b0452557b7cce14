package io.teleport.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.boot.Teleport;
import io.teleport.boot.handler.CallMapping;
import io.teleport.boot.handler.TeleportController;
import io.teleport.message.Status;
import io.teleport.peer.Peer;
import io.teleport.plugin.Plugin;
import io.teleport.plugin.heartbeat.HeartbeatPlugin;
import io.teleport.plugin.overload.OverloadLimits;
import io.teleport.plugin.overload.OverloadPlugin;
import io.teleport.session.Session;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class PeerPluginsTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TeleportAutoConfiguration.class));

    @Test
    void withoutSettingsThereIsNoneOfThem() {
        runner.withPropertyValues("teleport.peers.plain.event-loop-threads=1")
                .run(context -> assertThat(
                                context.getBean(Teleport.class).peer("plain").plugins())
                        .extracting(Plugin::name)
                        .doesNotContain("heartbeat", "overload", "proxy"));
    }

    @ParameterizedTest
    @CsvSource({
        "ping-rate=30s, '', '', HeartbeatPlugin[CALL every PT30S]",
        "ping-rate=1s, ping-mode=push, '', HeartbeatPlugin[PUSH every PT3S]",
        "ping-rate=30s, ping-mode=call, pong=true, 'HeartbeatPlugin[CALL every PT30S, pong]'",
        "pong=true, '', '', HeartbeatPlugin[pong]"
    })
    void heartbeatsAreSentAndAnsweredAsToldByTheDefaultsOrThePeer(
            String first, String second, String third, String plugin) {
        runner.withPropertyValues(
                        "teleport.defaults.heartbeat." + first,
                        second.isEmpty() ? "a=b" : "teleport.peers.beating.heartbeat." + second,
                        third.isEmpty() ? "c=d" : "teleport.peers.beating.heartbeat." + third,
                        "teleport.peers.beating.event-loop-threads=1")
                .run(context -> assertThat(
                                context.getBean(Teleport.class).peer("beating").plugin(HeartbeatPlugin.class))
                        .hasValueSatisfying(
                                heartbeat -> assertThat(heartbeat).asString().isEqualTo(plugin)));
    }

    @ParameterizedTest
    @CsvSource({
        "heartbeat.ping-rate=500ms, heartbeat.ping-rate, 'Heartbeat rate PT0.5S (expected a whole number of seconds, a"
                + " day at the most)'",
        "overload.routes.[/math/add]=0, overload, 'Limit ''/math/add'' of the routes is 0 (expected 1 or more; a route"
                + " without limit is left out)'",
        "proxy.to=nobody, proxy.to, 'Peer ''nobody'' keeps no connection to forward over (expected one of [dialer], or"
                + " an address in teleport.peers.nobody.dial)'"
    })
    void whatCannotBeIsFoundAtStartUpWithItsKey(String setting, String key, String problem) {
        runner.withPropertyValues("teleport.peers.wrong." + setting, "teleport.peers.dialer.dial=local://nobody-there")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .satisfies(failure -> assertThat(failure.getMessage()).isEqualTo(problem)));
        runner.withPropertyValues("teleport.peers.wrong." + setting, "teleport.peers.dialer.dial=local://nobody-there")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("InvalidPeerException")
                        .satisfies(failure ->
                                assertThat(invalidPeer(failure).property()).isEqualTo("teleport.peers.wrong." + key)));
    }

    private static InvalidPeerException invalidPeer(Throwable failure) {
        Throwable current = failure;
        while (current != null && !(current instanceof InvalidPeerException)) {
            current = current.getCause();
        }
        assertThat(current).isNotNull();
        return (InvalidPeerException) current;
    }

    @Test
    void limitsHoldAndCanBeChangedWhileTheApplicationRuns() {
        runner.withBean(EchoController.class)
                .withPropertyValues(
                        "teleport.defaults.overload.connections=9",
                        "teleport.peers.server.listen=local://peer-plugins-limits",
                        "teleport.peers.server.overload.connections-per-address=8",
                        "teleport.peers.server.overload.rate=1000",
                        "teleport.peers.server.overload.rate-per-session=500",
                        "teleport.peers.server.overload.routes[/echo]=1",
                        "teleport.peers.client.dial=local://peer-plugins-limits")
                .run(context -> {
                    Teleport teleport = context.getBean(Teleport.class);
                    OverloadPlugin overload =
                            teleport.peer("server").plugin(OverloadPlugin.class).orElseThrow();
                    assertThat(overload.limits()).isEqualTo(new OverloadLimits(9, 8, 1_000, 500, Map.of("/echo", 1)));
                    Session session = teleport.session("client");
                    overload.limits(overload.limits().withRoute("/echo", 0));
                    for (int i = 0; i < 5; i++) {
                        assertThat(session.call("/echo", "x", String.class)).isEqualTo("x");
                    }
                });
    }

    @Test
    void zeroTakesBackALimitOfTheDefaults() {
        runner.withPropertyValues(
                        "teleport.defaults.overload.connections=9", "teleport.peers.free.overload.connections=0")
                .run(context -> assertThat(
                                context.getBean(Teleport.class).peer("free").plugin(OverloadPlugin.class))
                        .isEmpty());
    }

    @Test
    void callsWithoutAHandlerAreForwardedOverTheConnectionOfThePeerThatIsNamed() {
        try (Peer backend = Peer.builder()
                .name("backend")
                .listen("local://peer-plugins-backend")
                .build()) {
            backend.router().call("/backend", String.class, (call, text) -> text + " by the backend");
            backend.start();
            runner.withPropertyValues(
                            "teleport.peers.gateway.listen=local://peer-plugins-gateway",
                            "teleport.peers.gateway.proxy.to=backend",
                            "teleport.peers.backend.dial=local://peer-plugins-backend",
                            "teleport.peers.caller.dial=local://peer-plugins-gateway")
                    .run(context -> {
                        Session session = context.getBean(Teleport.class).session("caller");
                        assertThat(session.call("/backend", "served", String.class))
                                .isEqualTo("served by the backend");
                    });
        }
    }

    @Test
    void aBackendThatIsNotThereIsABadGateway() {
        runner.withPropertyValues(
                        "teleport.peers.gateway.listen=local://peer-plugins-lonely",
                        "teleport.peers.gateway.proxy.to=backend",
                        "teleport.peers.backend.dial=local://peer-plugins-nobody",
                        "teleport.peers.caller.dial=local://peer-plugins-lonely")
                .run(context -> {
                    Status status = context.getBean(Teleport.class)
                            .session("caller")
                            .request("/any")
                            .call("x", String.class)
                            .status();
                    assertThat(status.code()).isEqualTo(502);
                    assertThat(status.msg()).isEqualTo("Bad Gateway");
                    assertThat(status.cause()).isNotEmpty();
                });
    }

    @TeleportController
    static class EchoController {
        @CallMapping
        String echo(String text) {
            return text;
        }
    }
}
