package io.teleport.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.boot.Teleport;
import io.teleport.boot.handler.CallMapping;
import io.teleport.boot.handler.TeleportController;
import io.teleport.message.StatusException;
import io.teleport.peer.Peer;
import io.teleport.peer.PeerBuilder;
import io.teleport.plugin.Plugin;
import io.teleport.plugin.auth.AuthBearer;
import io.teleport.plugin.auth.TokenChecker;
import io.teleport.plugin.auth.TokenSupplier;
import io.teleport.session.Principal;
import io.teleport.session.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class PeerAuthTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TeleportAutoConfiguration.class))
            .withUserConfiguration(Beans.class);

    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        TokenChecker users() {
            return request -> request.token().startsWith("s3cret of ")
                    ? Principal.of(request.token().substring("s3cret of ".length()))
                    : null;
        }

        /** Depends on the peers that ask it. */
        @Bean
        @Qualifier("machines")
        TokenChecker otherChecker(Teleport teleport) {
            return request -> teleport.peers().isEmpty() ? null : Principal.of("machine");
        }

        @Bean
        TokenSupplier signed() {
            return session -> "s3cret of ada";
        }

        @Bean
        Who who() {
            return new Who();
        }
    }

    @TeleportController
    static class Who {

        @CallMapping("/who")
        String who(Principal principal) {
            return principal.name();
        }

        @CallMapping("/greet")
        String greet(String greeting, @Nullable Principal principal) {
            return greeting + (principal == null ? "" : " " + principal.name());
        }
    }

    private static String address(Peer peer) {
        return peer.listening().get(0).toString();
    }

    private static @Nullable String who(Session session) {
        return session.call("/who", null, String.class);
    }

    private static Peer client(String token) {
        PeerBuilder builder = Peer.builder();
        return builder.plugin(AuthBearer.of(TokenSupplier.fixed(token))).build();
    }

    @Test
    void aPeerAsksTheCheckerItNamesAndOthersAskNobody() {
        runner.withPropertyValues(
                        "teleport.peers.chat.listen=tcp://127.0.0.1:0",
                        "teleport.peers.chat.auth.checker=users",
                        "teleport.peers.open.listen=tcp://127.0.0.1:0")
                .run(context -> {
                    Teleport teleport = context.getBean(Teleport.class);
                    try (Peer ada = client("s3cret of ada");
                            Peer guest = Peer.client()) {
                        assertThat(who(ada.dial(address(teleport.peer("chat")))))
                                .isEqualTo("ada");
                        Session open = guest.dial(address(teleport.peer("open")));
                        assertThat(open.call("/greet", "hi", String.class)).isEqualTo("hi");
                        assertThatThrownBy(() -> who(open))
                                .isInstanceOfSatisfying(
                                        StatusException.class,
                                        e -> assertThat(e.status().code()).isEqualTo(401));
                    }
                    try (Peer eve = client("guess")) {
                        assertThatThrownBy(() -> eve.dial(address(teleport.peer("chat"))))
                                .hasMessage("105 Dial Failed: invalid token");
                    }
                });
    }

    @Test
    void aCheckerMayBeNamedByItsQualifierAndDependOnThePeers() {
        runner.withPropertyValues(
                        "teleport.peers.chat.listen=tcp://127.0.0.1:0", "teleport.peers.chat.auth.checker=machines")
                .run(context -> {
                    try (Peer client = client("anything")) {
                        Session session = client.dial(
                                address(context.getBean(Teleport.class).peer("chat")));
                        assertThat(who(session)).isEqualTo("machine");
                        assertThat(session.call("/greet", "hi", String.class)).isEqualTo("hi machine");
                    }
                });
    }

    @Test
    void aDialingPeerSendsItsTokenOrThatOfASupplier() {
        runner.withPropertyValues(
                        "teleport.peers.chat.listen=tcp://127.0.0.1:0",
                        "teleport.peers.chat.auth.checker=users",
                        "teleport.peers.fixed.auth.token=s3cret of bob",
                        "teleport.peers.fixed.auth.codec=plain",
                        "teleport.peers.signed.auth.supplier=signed")
                .run(context -> {
                    Teleport teleport = context.getBean(Teleport.class);
                    String chat = address(teleport.peer("chat"));
                    assertThat(who(teleport.peer("fixed").dial(chat))).isEqualTo("bob");
                    assertThat(who(teleport.peer("signed").dial(chat))).isEqualTo("ada");
                });
    }

    @Test
    void whatTheDefaultsSayHoldsUntilAPeerSaysOtherwise() {
        runner.withPropertyValues(
                        "teleport.defaults.auth.checker=users",
                        "teleport.defaults.auth.supplier=signed",
                        "teleport.peers.all.listen=tcp://127.0.0.1:0",
                        "teleport.peers.none.listen=tcp://127.0.0.1:0",
                        "teleport.peers.none.auth.checker=",
                        "teleport.peers.none.auth.token=s3cret of bob")
                .run(context -> {
                    Teleport teleport = context.getBean(Teleport.class);
                    assertThat(teleport.peer("all").plugins())
                            .extracting(Plugin::name)
                            .containsExactly("auth-checker", "auth-bearer");
                    assertThat(teleport.peer("none").plugins())
                            .extracting(Plugin::name)
                            .containsExactly("auth-bearer");
                    assertThat(who(teleport.peer("none").dial(address(teleport.peer("all")))))
                            .isEqualTo("bob");
                });
    }

    @Test
    void aBeanThatIsNotThereFailsTheStart() {
        runner.withPropertyValues("teleport.peers.chat.auth.checker=usrs")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("No TokenChecker bean 'usrs' (known: [users, otherChecker])")
                        .hasMessageContaining("write @Bean TokenChecker usrs() { ... }"));
        runner.withPropertyValues("teleport.peers.chat.auth.supplier=nobody")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("No TokenSupplier bean 'nobody' (known: [signed])"));
    }

    @Test
    void twoAnswersToOneQuestionFailTheStart() {
        runner.withPropertyValues("teleport.peers.chat.auth.supplier=signed", "teleport.peers.chat.auth.token=s3cret")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("Both 'supplier' and 'token' say what to send (expected one of them)")
                        .hasMessageNotContaining("s3cret"));
    }

    @Test
    void anUnknownCodecFailsTheStart() {
        runner.withPropertyValues("teleport.peers.chat.auth.token=x", "teleport.peers.chat.auth.codec=morse")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("morse"));
    }

    @Test
    void aCheckerThatNobodyAsksIsToldOf(CapturedOutput output) {
        runner.withPropertyValues(
                        "teleport.peers.chat.listen=tcp://127.0.0.1:0", "teleport.peers.chat.auth.checker=users")
                .run(context -> assertThat(output)
                        .contains("No peer asks the TokenChecker bean 'otherChecker'")
                        .doesNotContain("No peer asks the TokenChecker bean 'users'"));
    }

    @Test
    void theTokenIsNotShown() {
        assertThat(new TeleportProperties.Auth("users", null, "s3cret", null))
                .hasToString("Auth[checker=users, supplier=null, token=(set), codec=null]");
    }
}
