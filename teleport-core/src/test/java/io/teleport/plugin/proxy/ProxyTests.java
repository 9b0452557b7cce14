package io.teleport.plugin.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.peer.Peer;
import io.teleport.peer.PeerBuilder;
import io.teleport.plugin.PostAcceptHook;
import io.teleport.session.Reply;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller, a proxy and a backend over real connections. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProxyTests {

    private static final byte[] BYTES = "any bytes".getBytes(StandardCharsets.US_ASCII);

    private final List<Peer> peers = new ArrayList<>();

    private final BlockingQueue<Session> accepted = new LinkedBlockingQueue<>();

    private final BlockingQueue<String> pushed = new LinkedBlockingQueue<>();

    private Peer backend;

    private Peer proxy;

    /** From proxy to backend. */
    private Session link;

    /** From caller to proxy. */
    private Session session;

    private Peer peer(String name, UnaryOperator<PeerBuilder> options) {
        Peer made = options.apply(Peer.builder().name(name).eventLoopThreads(1).closeTimeout(Duration.ZERO))
                .build();
        peers.add(made);
        return made;
    }

    private Peer listening(String name, UnaryOperator<PeerBuilder> options) {
        return peer(name, builder -> options.apply(builder).listen("tcp://127.0.0.1:0"))
                .start();
    }

    private static String address(Peer peer) {
        return peer.listening().get(0).toString();
    }

    private void connect() {
        connect(builder -> builder.plugin(ProxyPlugin.toSession(() -> link)));
    }

    private void connect(UnaryOperator<PeerBuilder> proxyOptions) {
        backend = listening("backend", builder -> builder);
        proxy = listening("proxy", proxyOptions);
        link = proxy.dial(address(backend));
        session = peer("caller", builder -> builder).dial(address(proxy));
    }

    @AfterEach
    void close() {
        peers.forEach(peer -> peer.closeAsync(Duration.ZERO).join());
    }

    private record AcceptedSessions(BlockingQueue<Session> sessions) implements PostAcceptHook {

        @Override
        public String name() {
            return "accepted-sessions";
        }

        @Override
        public void postAccept(Session session) {
            sessions.add(session);
        }
    }

    @Test
    void aCallWithoutRouteIsForwardedUnderTheSameMethodAndTheReplyComesBack() {
        connect();
        backend.router().call("/backend/upper", String.class, (context, text) -> text.toUpperCase(Locale.ROOT));
        assertThat(session.call("/backend/upper", "text", String.class)).isEqualTo("TEXT");
    }

    @Test
    void routesOfTheProxyItselfAreServedThere() {
        connect();
        backend.router().call("/where", void.class, (context, nothing) -> "backend");
        assertThat(session.call("/where", null, String.class)).isEqualTo("backend");
        proxy.router().call("/where", void.class, (context, nothing) -> "proxy");
        assertThat(session.call("/where", null, String.class)).isEqualTo("proxy");
    }

    @Test
    void aPushWithoutRouteIsForwarded() throws Exception {
        connect();
        backend.router()
                .push("/backend/push", String.class, (context, text) -> pushed.add(text + " from " + context.realIp()));
        session.push("/backend/push", "news");
        assertThat(pushed.poll(60, TimeUnit.SECONDS)).isEqualTo("news from " + session.localAddress());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itForwardsWhatComesOverASessionWhoeverDialedIt(boolean proxyDials) throws Exception {
        connect();
        backend.router().call("/backend", String.class, (context, text) -> text + " by the backend");
        Session caller;
        if (proxyDials) {
            Peer called = listening("called", builder -> builder.plugin(new AcceptedSessions(accepted)));
            proxy.dial(address(called));
            caller = accepted.poll(60, TimeUnit.SECONDS);
            while (!caller.isHealthy()) {
                Thread.onSpinWait();
            }
        } else {
            caller = session;
        }
        assertThat(caller.call("/backend", "served", String.class)).isEqualTo("served by the backend");
    }

    @Test
    void theBodyIsForwardedAsItIsWithTheIdOfItsCodecEvenIfTheProxyHasNoSuchCodec() {
        connect();
        backend.router().call("/bytes", byte[].class, (context, bytes) -> {
            assertThat(bytes).isEqualTo(BYTES);
            assertThat(context.bodyCodec()).isEqualTo(200);
            return bytes;
        });
        Reply<byte[]> reply = session.request("/bytes").codec(200).call(BYTES, byte[].class);
        assertThat(reply.body()).isEqualTo(BYTES);
        assertThat(reply.bodyCodec()).isEqualTo(200);
    }

    @Test
    void theReplyComesInTheCodecThatTheCallerAcceptsAndTheBackendChose() {
        connect();
        backend.router().call("/text", String.class, (context, text) -> text);
        Reply<String> reply = session.request("/text")
                .meta("X-Accept-Body-Codec", Integer.toString('s'))
                .call("plain", String.class);
        assertThat(reply.body()).isEqualTo("plain");
        assertThat(reply.bodyCodec()).isEqualTo('s');
        backend.router().call("/chosen", String.class, (context, text) -> {
            context.replyCodec("plain");
            return text;
        });
        assertThat(session.request("/chosen").call("x", String.class).bodyCodec())
                .isEqualTo('s');
    }

    @Test
    void allMetadataIsForwardedBothWaysRepeatedKeysInTheirOrder() {
        connect();
        BlockingQueue<Metadata> seen = new LinkedBlockingQueue<>();
        backend.router().call("/meta", void.class, (context, nothing) -> {
            seen.add(context.metadata());
            context.replyMeta("r", "1").replyMeta("r", "2");
            return null;
        });
        Reply<Void> reply = session.request("/meta")
                .meta("k", "1")
                .meta("l", "")
                .meta("k", "2")
                .call(null, Void.class);
        assertThat(reply.isOk()).isTrue();
        assertThat(reply.metadata().getAll("r")).containsExactly("1", "2");
        Metadata metadata = seen.remove();
        assertThat(metadata.getAll("k")).containsExactly("1", "2");
        assertThat(metadata.contains("l")).isTrue();
    }

    @Test
    void theAddressOfTheCallerIsAddedUnlessThereIsOne() {
        connect();
        backend.router().call("/ip", void.class, (context, nothing) -> context.realIp());
        assertThat(session.call("/ip", null, String.class)).isEqualTo(session.localAddress());
        assertThat(session.request("/ip")
                        .meta("X-Real-IP", "10.1.2.3:4")
                        .call(null, String.class)
                        .body())
                .isEqualTo("10.1.2.3:4");
    }

    @Test
    void statusesOfTheBackendPassUnchangedWithTheirMetadata() {
        connect();
        for (Status status :
                List.of(Status.of(1234, "m", "c"), Status.of(102, "its own"), Status.of(150), Status.of(500, "m"))) {
            String method = "/status/" + status.code();
            backend.router().call(method, void.class, (context, nothing) -> {
                context.replyMeta("k", "v");
                throw status.toException();
            });
            Reply<Void> reply = session.request(method).call(null, Void.class);
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.metadata().get("k")).isEqualTo("v");
        }
        assertThat(session.request("/none").call(null, Void.class).status()).isEqualTo(Status.builtIn(404));
    }

    @Test
    void aBackendThatIsDownIsA502WithTheCause() throws Exception {
        connect();
        link.close(Duration.ZERO).toCompletableFuture().get(60, TimeUnit.SECONDS);
        for (int i = 0; i < 2; i++) {
            assertThat(session.request("/any").call("x", String.class).status().code())
                    .isEqualTo(502);
        }
        assertThat(session.isHealthy()).isTrue();
    }

    @Test
    void aBackendThatGoesWhileACallIsUnderwayIsA502() throws Exception {
        connect();
        CompletableFuture<Void> reached = new CompletableFuture<>();
        backend.router().call("/never", void.class, (context, nothing) -> {
            reached.complete(null);
            return new CompletableFuture<>();
        });
        CompletableFuture<Reply<Void>> call = session.request("/never").callAsync(null, Void.class);
        reached.get(60, TimeUnit.SECONDS);
        link.close(Duration.ZERO, CloseReason.KICKED, "by the test");
        assertThat(call.get(60, TimeUnit.SECONDS).status()).isEqualTo(Status.of(502, "Bad Gateway", "by the test"));
    }

    @Test
    void withoutASessionItIsA502() {
        connect(builder -> builder.plugin(ProxyPlugin.toSession(() -> {
            throw new IllegalStateException("secret of the proxy");
        })));
        assertThat(session.request("/any").call("x", String.class).status())
                .isEqualTo(Status.of(502, "Bad Gateway", "no session to forward to"));
    }

    @Test
    void aSessionThatCannotBeHadIsA502WithTheCause() {
        connect(builder -> builder.plugin(ProxyPlugin.to(message -> CompletableFuture.failedFuture(
                Status.builtIn(105, "connection refused").toException()))));
        assertThat(session.request("/any").call("x", String.class).status())
                .isEqualTo(Status.of(502, "Bad Gateway", "connection refused"));
    }

    @Test
    void aForwardedPushToADeadBackendChangesNoStatusOfOthers() throws Exception {
        connect();
        Session other = proxy.dial(address(backend));
        link.close(Duration.ZERO).toCompletableFuture().get(60, TimeUnit.SECONDS);
        session.push("/any", "x");
        assertThat(session.request("/any")
                        .call("behind it", String.class)
                        .status()
                        .code())
                .isEqualTo(502);
        other.close(Duration.ZERO).toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(other.request("/any").call("x", String.class).status())
                .isEqualTo(Status.of(102, "Connection Closed", ""));
        assertThat(session.isHealthy()).isTrue();
    }

    @Test
    void theBackendLearnsHowLongTheCallerStillWaits() {
        connect();
        backend.router()
                .call(
                        "/timeout",
                        void.class,
                        (context, nothing) -> context.metadata().get("X-Timeout-Ms"));
        String left = session.request("/timeout")
                .meta("X-Timeout-Ms", "40000")
                .call(null, String.class)
                .body();
        assertThat(Long.parseLong(left)).isBetween(1L, 40_000L);
        assertThat(Long.parseLong(session.call("/timeout", null, String.class))).isPositive();
    }

    @Test
    void aCallIsGivenUpWhenItsCallerWaitsNoLonger() {
        connect();
        backend.router().call("/never", void.class, (context, nothing) -> new CompletableFuture<>());
        Status status = session.request("/never")
                .meta("X-Timeout-Ms", "100")
                .call(null, Void.class)
                .status();
        assertThat(status.code()).isEqualTo(408);
        assertThat(link.isHealthy()).isTrue();
    }

    @Test
    void aMessageThatGoesRoundInACircleIsA502() {
        connect();
        Session[] back = new Session[1];
        Peer other = listening("other", builder -> builder.plugin(ProxyPlugin.toSession(() -> back[0])));
        back[0] = other.dial(address(proxy));
        link = proxy.dial(address(other));
        assertThat(session.request("/any").call("x", String.class).status())
                .isEqualTo(Status.of(502, "Bad Gateway", "proxy loop: the message has passed 16 proxies"));
        session.push("/any", "x");
        assertThat(session.isHealthy()).isTrue();
    }

    @Test
    void theLimitOfProxiesCanBeAnother() {
        connect(builder -> builder.plugin(ProxyPlugin.toSession(() -> link).maxHops(1)));
        backend.router()
                .call(
                        "/hops",
                        void.class,
                        (context, nothing) -> context.metadata().get(ProxyPlugin.HOPS));
        assertThat(session.call("/hops", null, String.class)).isEqualTo("1");
        assertThat(session.request("/hops")
                        .meta(ProxyPlugin.HOPS, "1")
                        .call(null, String.class)
                        .status()
                        .code())
                .isEqualTo(502);
        assertThatThrownBy(() -> ProxyPlugin.toSession(() -> link).maxHops(0))
                .hasMessage("Proxies to pass: 0 (expected 1 or more)");
    }

    @Test
    void noThreadWaitsForAReply() throws Exception {
        connect(builder -> builder.handlerThreads(1).plugin(ProxyPlugin.toSession(() -> link)));
        BlockingQueue<CompletableFuture<String>> waiting = new LinkedBlockingQueue<>();
        backend.router().call("/wait", void.class, (context, nothing) -> {
            CompletableFuture<String> result = new CompletableFuture<>();
            waiting.add(result);
            return result;
        });
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            calls.add(session.callAsync("/wait", null, String.class));
        }
        for (int i = 0; i < 50; i++) {
            waiting.poll(60, TimeUnit.SECONDS).complete("done");
        }
        for (CompletableFuture<String> call : calls) {
            assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo("done");
        }
    }

    @Test
    void callsAloneMayBeForwarded() {
        connect(builder -> builder.plugin(ProxyPlugin.toSession(() -> link).callsOnly()));
        backend.router()
                .call("/both", String.class, (context, text) -> text)
                .push("/both", String.class, (context, text) -> pushed.add(text));
        session.push("/both", "dropped");
        assertThat(session.call("/both", "x", String.class)).isEqualTo("x");
        assertThat(pushed).isEmpty();
    }

    @Test
    void pushesAloneMayBeForwarded() throws Exception {
        connect(builder -> builder.plugin(ProxyPlugin.toSession(() -> link).pushesOnly()));
        backend.router()
                .call("/both", String.class, (context, text) -> text)
                .push("/both", String.class, (context, text) -> pushed.add(text));
        assertThat(session.request("/both").call("x", String.class).status()).isEqualTo(Status.builtIn(404));
        session.push("/both", "forwarded");
        assertThat(pushed.poll(60, TimeUnit.SECONDS)).isEqualTo("forwarded");
    }

    @Test
    void filtersAreThoseOfEachConnection() {
        connect();
        backend.router()
                .call(
                        "/filters",
                        String.class,
                        (context, text) -> context.filters().toString());
        Reply<String> reply = session.request("/filters").filter("gzip").call("x".repeat(1_000), String.class);
        Reply<String> direct = link.request("/filters").call("x", String.class);
        assertThat(reply.body()).isEqualTo(direct.body());
    }
}
