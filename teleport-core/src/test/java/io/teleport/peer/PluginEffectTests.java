package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.message.Status;
import io.teleport.plugin.Plugin;
import io.teleport.session.Reply;
import io.teleport.socket.CloseReason;
import io.teleport.testing.Eventually;
import io.teleport.testing.LoggedLines;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a refusal and an exception of a plugin do at each point: the table of behaviour.md section 7. */
class PluginEffectTests extends PeerPair {

    private static final Status REFUSAL = Status.of(1234, "refused", "by the test");

    private final AtomicInteger handled = new AtomicInteger();

    private final CompletableFuture<Void> disconnected = new CompletableFuture<>();

    private final CompletableFuture<Void> failed = new CompletableFuture<>();

    /** Whether the plugin that fails does so already. */
    private volatile boolean armed = true;

    /** How a plugin fails. */
    enum Way {
        REFUSAL,
        EXCEPTION;

        RuntimeException failure() {
            return this == REFUSAL
                    ? PluginEffectTests.REFUSAL.toException()
                    : new IllegalStateException("broken by the test");
        }

        /** What the party concerned learns. */
        Status seen() {
            return this == REFUSAL
                    ? PluginEffectTests.REFUSAL
                    : Status.of(500, "Internal Server Error", "broken by the test");
        }

        String cause() {
            return this == REFUSAL ? "by the test" : "broken by the test";
        }
    }

    @Override
    String address() {
        return "local://plugin-effects";
    }

    /** A plugin that fails at one point, of which there is an interface named after it. */
    private UnaryOperator<PeerBuilder> failing(String point, Way way) {
        return options -> options.plugin(plugin("failing", point, () -> {
            if (armed) {
                failed.complete(null);
                throw way.failure();
            }
        }));
    }

    private static Plugin plugin(String name, String point, Runnable action) {
        InvocationHandler calls = (proxy, method, arguments) -> answer(proxy, method, arguments, name, action);
        return (Plugin) Proxy.newProxyInstance(Plugin.class.getClassLoader(), new Class<?>[] {hook(point)}, calls);
    }

    private static Object answer(Object proxy, Method method, Object[] arguments, String name, Runnable action) {
        return switch (method.getName()) {
            case "name", "toString" -> name;
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
            default -> {
                action.run();
                yield null;
            }
        };
    }

    private static Class<?> hook(String point) {
        String room = point.endsWith("NewPeer") ? "peer" : "plugin";
        try {
            return Class.forName("io.teleport." + room + "." + point + "Hook");
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private void onServer(String point, Way way) {
        connect(failing(point, way), options -> options);
        addRoutes();
    }

    private void onClient(String point, Way way) {
        connect(options -> options, failing(point, way));
        addRoutes();
    }

    private void addRoutes() {
        server.router()
                .call("/echo", String.class, (context, text) -> {
                    handled.incrementAndGet();
                    return text;
                })
                .push("/push", String.class, (context, text) -> handled.incrementAndGet())
                .call("/count", void.class, (context, nothing) -> handled.get());
    }

    private Reply<String> echo() {
        return session.request("/echo").call("x", String.class);
    }

    @ParameterizedTest
    @CsvSource({"PreNewPeer, REFUSAL", "PreNewPeer, EXCEPTION", "PostNewPeer, REFUSAL", "PostNewPeer, EXCEPTION"})
    void aFailureAroundTheBuildingOfAPeerFailsIt(String point, Way way) {
        PeerBuilder builder = failing(point, way).apply(Peer.builder().name("never"));
        assertThat(refusal(builder::build)).isEqualTo(way.seen());
    }

    @ParameterizedTest
    @CsvSource({"REFUSAL", "EXCEPTION"})
    void aFailureAtARegistrationFailsItAndTheRouteIsNotEntered(Way way) {
        Peer peer = failing("PostRegister", way).apply(Peer.builder()).build();
        try (peer) {
            assertThat(refusal(() -> peer.router().call("/x", String.class, (context, text) -> text)))
                    .isEqualTo(way.seen());
            assertThat(peer.router().routes()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"REFUSAL", "EXCEPTION"})
    void aFailureAfterListeningFailsTheStartAndClosesThePeer(Way way) {
        Peer peer = failing("PostListen", way)
                .apply(Peer.builder().listen("local://effects-listening"))
                .build();
        assertThat(refusal(peer::start)).isEqualTo(way.seen());
        assertThat(peer.state()).isEqualTo(PeerState.CLOSED);
    }

    @ParameterizedTest
    @CsvSource({"REFUSAL, 1234, refused, by the test", "EXCEPTION, 105, Dial Failed, broken by the test"})
    void aFailureBeforeDialingIsTheOutcomeAndThereIsNoConnection(Way way, int code, String msg, String cause) {
        start(options -> options, failing("PreDial", way));
        assertThat(refusal(() -> client.dial(server.listening().get(0).toString())))
                .isEqualTo(Status.of(code, msg, cause));
        assertThat(client.sockets().openCount()).isZero();
        assertThat(server.sockets().totals().closed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"REFUSAL", "EXCEPTION"})
    void aFailureAfterDialingIs105WithItsCauseOnlyAndClosesTheConnection(Way way) {
        start(options -> options, failing("PostDial", way));
        assertThat(refusal(() -> client.dial(server.listening().get(0).toString())))
                .isEqualTo(Status.of(105, "Dial Failed", way.cause()));
        assertThat(client.sessions().count()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"REFUSAL", "EXCEPTION"})
    void aFailureAfterAcceptingClosesTheConnectionWithoutAMessageAndPostDisconnectRuns(Way way) throws Exception {
        connect(
                options -> failing("PostAccept", way)
                        .apply(options)
                        .plugin(plugin("ends", "PostDisconnect", () -> disconnected.complete(null))),
                options -> options);
        session.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
        soon(disconnected);
        assertThat(refusal(() -> session.call("/echo", "x", String.class)).code())
                .isEqualTo(102);
        assertThat(client.sockets().closed().get(0).framesIn()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"REFUSAL", "EXCEPTION"})
    void aFailureBeforeACallIsWrittenIsItsOutcomeAndNothingIsSent(Way way) {
        onClient("PreWriteCall", way);
        assertThat(echo().status()).isEqualTo(way.seen());
        goesOn();
        assertThat(handled).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"REFUSAL", "EXCEPTION"})
    void aFailureBeforeAPushIsWrittenIsItsOutcomeAndNothingIsSent(Way way) throws Exception {
        onClient("PreWritePush", way);
        assertThat(refusal(() -> session.push("/push", "x"))).isEqualTo(way.seen());
        assertThat(refusal(session.request("/push").push("x"))).isEqualTo(way.seen());
        goesOn();
        assertThat(handled).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"PostWriteCall, REFUSAL", "PostWriteCall, EXCEPTION"})
    void aFailureAfterACallWasWrittenIsLoggedOnly(String point, Way way) {
        try (LoggedLines lines = LoggedLines.of("io.teleport.session")) {
            onClient(point, way);
            assertThat(echo().body()).isEqualTo("x");
            assertThat(lines.lines())
                    .anySatisfy(line -> assertThat(line).startsWith("ERROR").contains(way.cause()));
        }
    }

    @ParameterizedTest
    @CsvSource({"REFUSAL", "EXCEPTION"})
    void aFailureAfterAPushWasWrittenIsLoggedOnly(Way way) throws Exception {
        onClient("PostWritePush", way);
        session.push("/push", "x");
        soon(session.request("/push").push("x"));
        untilHandled(2);
    }

    @ParameterizedTest
    @CsvSource({
        "PreWriteReply, REFUSAL",
        "PreWriteReply, EXCEPTION",
        "PostWriteReply, REFUSAL",
        "PostWriteReply, EXCEPTION"
    })
    void aFailureAroundAReplyIsLoggedOnly(String point, Way way) {
        onServer(point, way);
        assertThat(echo().body()).isEqualTo("x");
        assertThat(session.request("/nowhere").call("x", String.class).status().code())
                .isEqualTo(404);
        goesOn();
    }

    @ParameterizedTest
    @CsvSource({"REFUSAL", "EXCEPTION"})
    void aFailureBeforeAHeaderIsReadClosesTheConnectionWithoutAMessageAndPendingCallsGet102(Way way) throws Exception {
        armed = false;
        onServer("PreReadHeader", way);
        CompletableFuture<String> never = new CompletableFuture<>();
        server.router().call("/never", void.class, (context, nothing) -> {
            armed = true;
            return never;
        });
        CompletableFuture<String> pending = session.callAsync("/never", null, String.class);
        while (!armed) {
            Thread.onSpinWait();
        }
        // After this one is read the reader waits for the next; it may have met the failure already when it waited for
        // this one.
        CompletableFuture<?> pushed = session.request("/push").push("x");
        assertThat(refusal(pending).code()).isEqualTo(102);
        Eventually.holds("the push has its outcome", pushed::isDone);
        never.complete("too late");
        assertThat(client.sockets().closed().get(0).framesIn()).isZero();
        // Each side ends in its own time.
        Eventually.holds("the server's end", () -> !server.sockets().closed().isEmpty());
        assertThat(server.sockets().closed().get(0).closeReason()).isEqualTo(CloseReason.LOCAL);
    }

    @ParameterizedTest
    @CsvSource({
        "PostReadCallHeader, REFUSAL", "PostReadCallHeader, EXCEPTION",
        "PreReadCallBody, REFUSAL", "PreReadCallBody, EXCEPTION",
        "PostReadCallBody, REFUSAL", "PostReadCallBody, EXCEPTION"
    })
    void aFailureWhileACallIsReadIsItsAnswerAndItIsNotHandled(String point, Way way) {
        onServer(point, way);
        assertThat(echo().status()).isEqualTo(way.seen());
        assertThat(handled).hasValue(0);
        goesOn();
    }

    @ParameterizedTest
    @CsvSource({
        "PostReadPushHeader, REFUSAL", "PostReadPushHeader, EXCEPTION",
        "PreReadPushBody, REFUSAL", "PreReadPushBody, EXCEPTION",
        "PostReadPushBody, REFUSAL", "PostReadPushBody, EXCEPTION"
    })
    void aFailureWhileAPushIsReadIsUnknownToItsSenderAndItIsNotHandled(String point, Way way) throws Exception {
        onServer(point, way);
        soon(session.request("/push").push("x"));
        soon(failed);
        goesOn();
        assertThat(handled).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "PostReadReplyHeader, REFUSAL", "PostReadReplyHeader, EXCEPTION",
        "PreReadReplyBody, REFUSAL", "PreReadReplyBody, EXCEPTION",
        "PostReadReplyBody, REFUSAL", "PostReadReplyBody, EXCEPTION"
    })
    void aFailureWhileAReplyIsReadIsTheOutcomeOfTheCallAndThereIsNoResult(String point, Way way) throws Exception {
        onClient(point, way);
        Reply<String> reply = echo();
        assertThat(reply.status()).isEqualTo(way.seen());
        assertThat(reply.value()).isNull();
        assertThat(refusal(session.callAsync("/echo", "x", String.class))).isEqualTo(way.seen());
        goesOn();
    }

    @ParameterizedTest
    @CsvSource({"REFUSAL", "EXCEPTION"})
    void aFailureAfterTheDisconnectionIsLoggedOnly(Way way) throws Exception {
        try (LoggedLines lines = LoggedLines.of("io.teleport.session")) {
            onClient("PostDisconnect", way);
            assertThat(echo().body()).isEqualTo("x");
            session.close();
            session.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
            soon(failed);
            // Which waits for those that run hooks.
            client.close();
            assertThat(lines.lines())
                    .anySatisfy(line -> assertThat(line).startsWith("ERROR").contains(way.cause()));
        }
    }

    @ParameterizedTest
    @CsvSource({"REFUSAL", "EXCEPTION"})
    void aFailureStopsTheRemainingPluginsOfItsPoint(Way way) {
        AtomicInteger later = new AtomicInteger();
        connect(
                options -> failing("PostReadCallBody", way)
                        .apply(options)
                        .plugin(plugin("later", "PostReadCallBody", later::incrementAndGet)),
                options -> options);
        addRoutes();
        echo();
        assertThat(later).hasValue(0);
    }

    /** The session is as good as before once the plugin works. */
    private void goesOn() {
        armed = false;
        assertThat(session.call("/echo", "x", String.class)).isEqualTo("x");
    }

    private void untilHandled(int count) {
        while (handled.get() < count) {
            Thread.onSpinWait();
        }
        assertThat(handled).hasValue(count);
    }

    @ParameterizedTest
    @CsvSource({"plugin", "lastPlugin"})
    void twoPluginsOfOneNameFailTheBuilding(String where) {
        PeerBuilder builder = Peer.builder().plugin(plugin("same", "PreDial", () -> {}));
        Plugin second = plugin("same", "PostDial", () -> {});
        PeerBuilder both = where.equals("plugin") ? builder.plugin(second) : builder.lastPlugin(second);
        assertThatThrownBy(both::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Two plugins are named 'same'");
    }
}
