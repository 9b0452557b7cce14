package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.message.Status;
import io.teleport.plugin.PostReadCallBodyHook;
import io.teleport.plugin.PostReadCallHeaderHook;
import io.teleport.plugin.PostReadPushBodyHook;
import io.teleport.plugin.PostRegisterHook;
import io.teleport.plugin.PreDialHook;
import io.teleport.plugin.PreReadCallBodyHook;
import io.teleport.plugin.PreReadPushBodyHook;
import io.teleport.plugin.PreWriteReplyHook;
import io.teleport.router.Route;
import io.teleport.session.IncomingMessage;
import io.teleport.session.OutgoingMessage;
import io.teleport.testing.LoggedLines;
import io.teleport.transport.EventLoopThread;
import io.teleport.transport.TransportAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Plugins of a peer, of groups and of routes, and their order: behaviour.md section 7. */
class PluginScopeTests extends PeerPair {

    private final List<String> seen = new CopyOnWriteArrayList<>();

    @Override
    String address() {
        return "local://plugin-scopes";
    }

    /** Takes part at points that routes have and at one that they have not. */
    private final class Recorder
            implements PostRegisterHook,
                    PostReadCallHeaderHook,
                    PreReadCallBodyHook,
                    PostReadCallBodyHook,
                    PreReadPushBodyHook,
                    PostReadPushBodyHook,
                    PreWriteReplyHook {

        private final String name;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void postRegister(Route route) {
            seen.add(name + " registers " + route.path());
        }

        @Override
        public void postReadCallHeader(IncomingMessage call) {
            seen.add(name + " header");
        }

        @Override
        public void preReadCallBody(IncomingMessage call) {
            seen.add(name + " before body");
        }

        @Override
        public void postReadCallBody(IncomingMessage call) {
            seen.add(name + " after body");
        }

        @Override
        public void preReadPushBody(IncomingMessage push) {
            seen.add(name + " before push");
        }

        @Override
        public void postReadPushBody(IncomingMessage push) {
            seen.add(name + " after push");
        }

        @Override
        public void preWriteReply(OutgoingMessage reply) {
            seen.add(name + (EventLoopThread.isCurrent() ? " reply on the event loop" : " reply"));
        }
    }

    private void connectWithPlugins() {
        connect(
                options -> options.lastPlugin(new Recorder("right"))
                        .plugin(new Recorder("left"))
                        .plugin(new Recorder("left 2")),
                options -> options);
        server.router()
                .call("/plain", String.class, (context, text) -> text)
                .group("admin")
                .with(new Recorder("group"))
                .with(new Recorder("route"))
                .call("scoped", String.class, (context, text) -> text)
                .push("push", String.class, (context, text) -> {});
    }

    @Test
    void leftPluginsRunBeforeThoseOfGroupAndRouteAndRightOnesAfter() {
        connectWithPlugins();
        assertThat(seen)
                .containsSubsequence(
                        "left registers /admin/scoped",
                        "left 2 registers /admin/scoped",
                        "group registers /admin/scoped",
                        "route registers /admin/scoped",
                        "right registers /admin/scoped");
        seen.clear();
        assertThat(session.call("/admin/scoped", "x", String.class)).isEqualTo("x");
        assertThat(seen)
                .containsExactly(
                        "left header",
                        "left 2 header",
                        "right header",
                        "left before body",
                        "left 2 before body",
                        "group before body",
                        "route before body",
                        "right before body",
                        "left after body",
                        "left 2 after body",
                        "group after body",
                        "route after body",
                        "right after body",
                        "left reply",
                        "left 2 reply",
                        "group reply",
                        "route reply",
                        "right reply");
    }

    @Test
    void pluginsOfAGroupTakePartInItsPushes() throws Exception {
        connectWithPlugins();
        CompletableFuture<Void> handled = new CompletableFuture<>();
        server.router().with(new Recorder("route")).push("/push", String.class, (context, text) -> {
            handled.complete(null);
        });
        seen.clear();
        session.push("/push", "x");
        soon(handled);
        assertThat(seen)
                .containsExactly(
                        "left before push",
                        "left 2 before push",
                        "route before push",
                        "right before push",
                        "left after push",
                        "left 2 after push",
                        "route after push",
                        "right after push");
    }

    @Test
    void pluginsOfAGroupTakeNoPartInOtherRoutes() {
        connectWithPlugins();
        seen.clear();
        session.call("/plain", "x", String.class);
        assertThat(seen).noneMatch(point -> point.startsWith("group") || point.startsWith("route"));
    }

    @Test
    void aRouteTellsItsPluginsInTheirOrder() {
        connectWithPlugins();
        List<Route> routes = server.router().routes();
        assertThat(routes.get(0).plugins()).containsExactly("left", "left 2", "group", "route", "right");
        assertThat(routes.get(1).plugins()).containsExactly("left", "left 2", "right");
        assertThat(server.plugins()).extracting(plugin -> plugin.name()).containsExactly("left", "left 2", "right");
    }

    @Test
    void whereThereIsNoRouteThePeersPluginsSeeTheReplyOffTheEventLoop() {
        connectWithPlugins();
        seen.clear();
        assertThat(session.request("/nowhere").call("x", String.class).status().code())
                .isEqualTo(404);
        assertThat(seen)
                .containsExactly(
                        "left header", "left 2 header", "right header", "left reply", "left 2 reply", "right reply");
    }

    @Test
    void aRefusalOfARoutesPluginIsSeenByThoseThatLookAtReplies() {
        connect();
        PreReadCallBodyHook refusing = new PreReadCallBodyHook() {
            @Override
            public String name() {
                return "refusing";
            }

            @Override
            public void preReadCallBody(IncomingMessage call) {
                throw Status.of(7, "refused", "").toException();
            }
        };
        server.router().with(refusing, new Recorder("route")).call("/refused", String.class, (context, text) -> text);
        seen.clear();
        assertThat(session.request("/refused").call("x", String.class).status().code())
                .isEqualTo(7);
        assertThat(seen).containsExactly("route reply");
    }

    @Test
    void aNameThatIsTakenIsRefusedWhereThePluginIsAdded() {
        connectWithPlugins();
        for (String taken : List.of("left", "right", "group")) {
            assertThatThrownBy(() -> server.router()
                            .group("admin")
                            .with(new Recorder("group"))
                            .with(new Recorder(taken)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Two plugins are named '" + taken + "'");
        }
    }

    @Test
    void aPluginThatCanDoNothingForARouteIsRefused() {
        connect();
        PreDialHook dialing = new PreDialHook() {
            @Override
            public String name() {
                return "dialing";
            }

            @Override
            public void preDial(TransportAddress address) {}
        };
        assertThatThrownBy(() -> server.router().with(dialing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Plugin 'dialing' takes part at no point of a route");
    }

    @Test
    void pushesThatAreNotHandledDoNotFillTheLog() {
        connect();
        try (LoggedLines lines = LoggedLines.of("io.teleport.router")) {
            for (int i = 0; i < 100; i++) {
                session.push("/nowhere", "x");
            }
            assertThat(session.request("/nowhere")
                            .call("x", String.class)
                            .status()
                            .code())
                    .isEqualTo(404);
            assertThat(lines.lines()).hasSize(1).first().asString().contains("PUSH /nowhere was not handled");
        }
    }
}
