package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.Status;
import io.teleport.plugin.Plugin;
import io.teleport.plugin.PostAcceptHook;
import io.teleport.plugin.PostDialHook;
import io.teleport.session.Session;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The points of behaviour.md section 7, in their order. */
class HookOrderTests extends PeerPair {

    private final List<String> points = new CopyOnWriteArrayList<>();

    private final CompletableFuture<Void> pushHandled = new CompletableFuture<>();

    private final CompletableFuture<Void> disconnected = new CompletableFuture<>();

    @Override
    String address() {
        return "local://hook-order";
    }

    /** A plugin that takes part at every point there is; each is an interface of this package named after it. */
    private Plugin recorder(String side) {
        Class<?>[] hooks = List.of(
                        "PostRegister",
                        "PostListen",
                        "PreDial",
                        "PostDial",
                        "PostAccept",
                        "PostDisconnect",
                        "PreWriteCall",
                        "PostWriteCall",
                        "PreWritePush",
                        "PostWritePush",
                        "PreWriteReply",
                        "PostWriteReply",
                        "PreReadHeader",
                        "PostReadCallHeader",
                        "PreReadCallBody",
                        "PostReadCallBody",
                        "PostReadPushHeader",
                        "PreReadPushBody",
                        "PostReadPushBody",
                        "PostReadReplyHeader",
                        "PreReadReplyBody",
                        "PostReadReplyBody")
                .stream()
                .map(HookOrderTests::hook)
                .toArray(Class<?>[]::new);
        InvocationHandler record = (proxy, method, arguments) -> answer(side, proxy, method, arguments);
        return (Plugin) Proxy.newProxyInstance(Plugin.class.getClassLoader(), hooks, record);
    }

    private static Class<?> hook(String point) {
        try {
            return Class.forName("io.teleport.plugin." + point + "Hook");
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private Object answer(String side, Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "name" -> side;
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
            case "toString" -> side;
            default -> {
                // Which of the two ends comes first to wait for its next message is open.
                if (!method.getName().equals("preReadHeader")) {
                    points.add(side + " " + method.getName());
                }
                if (method.getName().equals("postDisconnect") && side.equals("callee")) {
                    disconnected.complete(null);
                }
                yield null;
            }
        };
    }

    private List<String> during(Runnable action) {
        points.clear();
        action.run();
        return points;
    }

    private void connectRecorded() {
        connect(options -> options.plugin(recorder("callee")), options -> options.plugin(recorder("caller")));
        server.router()
                .call("/echo", String.class, (context, text) -> {
                    points.add("handler");
                    return text;
                })
                .call("/refuse", String.class, (context, text) -> {
                    throw Status.of(7, "refused").toException();
                })
                .push("/push", String.class, (context, text) -> {
                    points.add("handler");
                    pushHandled.complete(null);
                });
        // So that the acceptor's hooks are over.
        assertThat(session.call("/echo", "", String.class)).isEmpty();
    }

    private static List<String> seenBy(String side, List<String> points) {
        return points.stream()
                .filter(point -> point.startsWith(side) || point.equals("handler"))
                .toList();
    }

    @Test
    void aSuccessfulCall() {
        connectRecorded();
        List<String> seen = during(() -> session.call("/echo", "x", String.class));
        // PostWrite… of either side runs while the message is already on its way.
        assertThat(seen)
                .containsSubsequence(
                        "caller preWriteCall",
                        "callee postReadCallHeader",
                        "callee preReadCallBody",
                        "callee postReadCallBody",
                        "handler",
                        "callee preWriteReply",
                        "caller postReadReplyHeader",
                        "caller preReadReplyBody",
                        "caller postReadReplyBody")
                .containsSubsequence("caller preWriteCall", "caller postWriteCall", "caller postReadReplyHeader");
        session.close();
        assertThat(session.closeFuture().toCompletableFuture()).succeedsWithin(60, TimeUnit.SECONDS);
    }

    @Test
    void aCallThatTheHandlerRefuses() {
        connectRecorded();
        List<String> seen =
                during(() -> session.request("/refuse").call("x", String.class).status());
        assertThat(seen).contains("callee preWriteReply", "caller postReadReplyHeader", "caller preReadReplyBody");
        assertThat(seen).doesNotContain("caller postReadReplyBody");
    }

    @Test
    void aCallWithoutRoute() {
        connectRecorded();
        List<String> seen =
                during(() -> session.request("/nowhere").call("x", String.class).status());
        assertThat(seen).containsSubsequence("callee postReadCallHeader", "callee preWriteReply");
        assertThat(seen).doesNotContain("callee preReadCallBody", "callee postReadCallBody");
    }

    @Test
    void aCallWhoseBodyCannotBeDecoded() {
        connectRecorded();
        List<String> seen = during(
                () -> session.request("/echo").call(List.of("x"), String.class).status());
        assertThat(seen).contains("callee preReadCallBody", "callee preWriteReply");
        assertThat(seen).doesNotContain("callee postReadCallBody", "handler");
    }

    @Test
    void aPushAndTheEnd() throws Exception {
        connectRecorded();
        List<String> seen = during(() -> session.push("/push", "x"));
        soon(pushHandled);
        assertThat(seenBy("caller", seen)).contains("caller preWritePush", "caller postWritePush");
        assertThat(seenBy("callee", seen))
                .containsSubsequence(
                        "callee postReadPushHeader", "callee preReadPushBody", "callee postReadPushBody", "handler");
        session.close();
        soon(disconnected);
        assertThat(points.stream().filter("callee postDisconnect"::equals)).hasSize(1);
    }

    @Test
    void aPeerListensThenDialsAndAccepts() {
        connectRecorded();
        assertThat(points)
                .containsSubsequence("callee postListen", "caller preDial", "caller postDial")
                .containsSubsequence("callee postAccept", "callee postReadCallHeader");
    }

    @Test
    void aRefusalAfterDialingIs105WithItsCause() {
        start(
                options -> options,
                options -> options.plugin(afterDial(() -> {
                    throw Status.of(7, "m", "no ticket").toException();
                })));
        assertThat(refusal(() -> client.dial(server.listening().get(0).toString())))
                .isEqualTo(Status.of(105, "Dial Failed", "no ticket"));
    }

    @Test
    void anErrorAfterDialingEndsTheDialAndNothingElse() {
        start(
                options -> options,
                options -> options.plugin(afterDial(() -> {
                    throw new NoClassDefFoundError("missing/Class");
                })));
        assertThat(refusal(() -> client.dial(server.listening().get(0).toString())))
                .isEqualTo(Status.of(105, "Dial Failed", "missing/Class"));
    }

    private static PostDialHook afterDial(Runnable action) {
        return new PostDialHook() {
            @Override
            public String name() {
                return "after dial";
            }

            @Override
            public void postDial(Session session, boolean redial) {
                action.run();
            }
        };
    }

    @Test
    void aRefusalAfterAcceptingClosesTheConnection() throws Exception {
        PostAcceptHook refusing = new PostAcceptHook() {
            @Override
            public String name() {
                return "after accept";
            }

            @Override
            public void postAccept(Session session) {
                throw Status.of(401, "Unauthorized", "").toException();
            }
        };
        connect(options -> options.plugin(refusing), options -> options);
        session.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(refusal(() -> session.call("/echo", "x", String.class)).code())
                .isEqualTo(102);
    }
}
