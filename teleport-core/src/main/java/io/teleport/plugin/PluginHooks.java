package io.teleport.plugin;

import io.teleport.message.MessageType;
import io.teleport.message.StatusCode;
import io.teleport.router.Route;
import io.teleport.router.RouteHooks;
import io.teleport.router.RoutePlugin;
import io.teleport.router.RouterHooks;
import io.teleport.session.Handshake;
import io.teleport.session.IncomingMessage;
import io.teleport.session.OutgoingMessage;
import io.teleport.session.Session;
import io.teleport.session.SessionHooks;
import io.teleport.socket.CloseCause;
import io.teleport.socket.SocketRole;
import io.teleport.transport.TransportAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** All plugins of a peer, sorted by the points at which they take part. Immutable. */
public final class PluginHooks implements SessionHooks, RouterHooks {

    private final List<Plugin> first;

    private final List<Plugin> last;

    private final ScopedHooks routes;

    private final HookChain<SetUpHook> setUp;

    private final HookChain<PostListenHook> postListen;

    private final HookChain<PreDialHook> preDial;

    private final HookChain<DialHandshakeHook> dialHandshake;

    private final HookChain<AcceptHandshakeHook> acceptHandshake;

    private final HookChain<PostDialHook> postDial;

    private final HookChain<PostAcceptHook> postAccept;

    private final HookChain<PostDisconnectHook> postDisconnect;

    private final HookChain<PreWriteCallHook> preWriteCall;

    private final HookChain<PostWriteCallHook> postWriteCall;

    private final HookChain<PreWritePushHook> preWritePush;

    private final HookChain<PostWritePushHook> postWritePush;

    private final HookChain<PreReadHeaderHook> preReadHeader;

    private final HookChain<PostReadCallHeaderHook> postReadCallHeader;

    private final HookChain<PostReadPushHeaderHook> postReadPushHeader;

    private final HookChain<PostReadReplyHeaderHook> postReadReplyHeader;

    private final HookChain<PreReadReplyBodyHook> preReadReplyBody;

    private final HookChain<PostReadReplyBodyHook> postReadReplyBody;

    /**
     * @param first in the order in which they run
     * @param last those that run after all others, also after those of a route
     * @throws IllegalArgumentException if two have the same name
     */
    public PluginHooks(List<? extends Plugin> first, List<? extends Plugin> last) {
        this.first = List.copyOf(first);
        this.last = List.copyOf(last);
        List<Plugin> plugins = between(List.of());
        routes = new ScopedHooks(plugins);
        setUp = new HookChain<>(SetUpHook.class, plugins);
        postListen = new HookChain<>(PostListenHook.class, plugins);
        preDial = new HookChain<>(PreDialHook.class, plugins);
        dialHandshake = new HookChain<>(DialHandshakeHook.class, plugins);
        acceptHandshake = new HookChain<>(AcceptHandshakeHook.class, plugins);
        postDial = new HookChain<>(PostDialHook.class, plugins);
        postAccept = new HookChain<>(PostAcceptHook.class, plugins);
        postDisconnect = new HookChain<>(PostDisconnectHook.class, plugins);
        preWriteCall = new HookChain<>(PreWriteCallHook.class, plugins);
        postWriteCall = new HookChain<>(PostWriteCallHook.class, plugins);
        preWritePush = new HookChain<>(PreWritePushHook.class, plugins);
        postWritePush = new HookChain<>(PostWritePushHook.class, plugins);
        preReadHeader = new HookChain<>(PreReadHeaderHook.class, plugins);
        postReadCallHeader = new HookChain<>(PostReadCallHeaderHook.class, plugins);
        postReadPushHeader = new HookChain<>(PostReadPushHeaderHook.class, plugins);
        postReadReplyHeader = new HookChain<>(PostReadReplyHeaderHook.class, plugins);
        preReadReplyBody = new HookChain<>(PreReadReplyBodyHook.class, plugins);
        postReadReplyBody = new HookChain<>(PostReadReplyBodyHook.class, plugins);
    }

    private List<Plugin> between(List<Plugin> others) {
        List<Plugin> all = new ArrayList<>(first);
        all.addAll(others);
        all.addAll(last);
        return List.copyOf(all);
    }

    /** Names of the plugins in the order in which they run. */
    @Override
    public List<String> plugins() {
        return routes.plugins();
    }

    @Override
    public RouteHooks with(List<RoutePlugin> added) {
        List<Plugin> plugins = new ArrayList<>();
        for (RoutePlugin one : added) {
            if (!(one instanceof Plugin plugin) || !ScopedHooks.isForRoutes(plugin)) {
                throw new IllegalArgumentException("Plugin '" + one.name()
                        + "' takes part at no point of a route (expected one of the peer, or a hook of "
                        + "PostRegister, PreRead…Body, PostRead…Body, PreWriteReply, PostWriteReply)");
            }
            plugins.add(plugin);
        }
        return new ScopedHooks(between(plugins));
    }

    // Peer and link.

    public void setUp(PluginHost host) {
        setUp.run(host, SetUpHook::setUp);
    }

    @Override
    public void postRegister(Route route) {
        routes.postRegister(route);
    }

    public void postListen(TransportAddress address) {
        postListen.run(address, PostListenHook::postListen);
    }

    public void preDial(TransportAddress address) {
        preDial.run(address, PreDialHook::preDial, StatusCode.DIAL_FAILED);
    }

    /** Whether a new session has messages to exchange before it is open. */
    public boolean hasHandshake(SocketRole role) {
        return role == SocketRole.DIALED ? !dialHandshake.isEmpty() : !acceptHandshake.isEmpty();
    }

    /** Fails with a {@link io.teleport.message.StatusException}. */
    public CompletableFuture<@Nullable Void> handshake(SocketRole role, Handshake handshake) {
        return role == SocketRole.DIALED
                ? dialHandshake.runEach(handshake, DialHandshakeHook::dialHandshake)
                : acceptHandshake.runEach(handshake, AcceptHandshakeHook::acceptHandshake);
    }

    /** Whether a dialed session can be opened without leaving the event loop. */
    public boolean nothingAfterDial() {
        return dialHandshake.isEmpty() && postDial.isEmpty();
    }

    public void postDial(Session session, boolean redial) {
        postDial.run(session, (hook, dialed) -> hook.postDial(dialed, redial));
    }

    /** Whether an accepted session can be opened without leaving the event loop. */
    public boolean nothingAfterAccept() {
        return acceptHandshake.isEmpty() && postAccept.isEmpty();
    }

    public void postAccept(Session session) {
        postAccept.run(session, PostAcceptHook::postAccept);
    }

    @Override
    public void postDisconnect(Session session, CloseCause cause) {
        postDisconnect.run(session, (hook, ended) -> hook.postDisconnect(ended, cause));
    }

    // Outgoing.

    @Override
    public void preWrite(OutgoingMessage message) {
        if (message.type() == MessageType.CALL) {
            preWriteCall.run(message, PreWriteCallHook::preWriteCall);
        } else {
            preWritePush.run(message, PreWritePushHook::preWritePush);
        }
    }

    @Override
    public void postWrite(OutgoingMessage message) {
        if (message.type() == MessageType.CALL) {
            postWriteCall.run(message, PostWriteCallHook::postWriteCall);
        } else {
            postWritePush.run(message, PostWritePushHook::postWritePush);
        }
    }

    @Override
    public void preWriteReply(OutgoingMessage reply) {
        routes.preWriteReply(reply);
    }

    @Override
    public void postWriteReply(OutgoingMessage reply) {
        routes.postWriteReply(reply);
    }

    @Override
    public boolean nothingAtReply() {
        return routes.nothingAtReply();
    }

    // Incoming.

    @Override
    public void preReadHeader(Session session) {
        preReadHeader.run(session, PreReadHeaderHook::preReadHeader);
    }

    @Override
    public void postReadHeader(IncomingMessage message) {
        if (message.type() == MessageType.CALL) {
            postReadCallHeader.run(message, PostReadCallHeaderHook::postReadCallHeader);
        } else {
            postReadPushHeader.run(message, PostReadPushHeaderHook::postReadPushHeader);
        }
    }

    @Override
    public void preReadBody(IncomingMessage message) {
        routes.preReadBody(message);
    }

    @Override
    public void postReadBody(IncomingMessage message) {
        routes.postReadBody(message);
    }

    @Override
    public void postReadReplyHeader(IncomingMessage reply) {
        postReadReplyHeader.run(reply, PostReadReplyHeaderHook::postReadReplyHeader);
    }

    @Override
    public void preReadReplyBody(IncomingMessage reply) {
        preReadReplyBody.run(reply, PreReadReplyBodyHook::preReadReplyBody);
    }

    @Override
    public void postReadReplyBody(IncomingMessage reply) {
        postReadReplyBody.run(reply, PostReadReplyBodyHook::postReadReplyBody);
    }
}
