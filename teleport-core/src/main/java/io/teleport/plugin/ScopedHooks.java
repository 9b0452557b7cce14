package io.teleport.plugin;

import io.teleport.message.MessageType;
import io.teleport.router.Route;
import io.teleport.router.RouteHooks;
import io.teleport.session.IncomingMessage;
import io.teleport.session.OutgoingMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The plugins that take part in the messages of some routes, at the points that routes have. Immutable. */
final class ScopedHooks implements RouteHooks {

    private static final List<Class<? extends Plugin>> POINTS = List.of(
            PostRegisterHook.class,
            PreReadCallBodyHook.class,
            PreReadPushBodyHook.class,
            PostReadCallBodyHook.class,
            PostReadPushBodyHook.class,
            PreWriteReplyHook.class,
            PostWriteReplyHook.class);

    private final List<String> names;

    private final HookChain<PostRegisterHook> postRegister;

    private final HookChain<PreReadCallBodyHook> preReadCallBody;

    private final HookChain<PreReadPushBodyHook> preReadPushBody;

    private final HookChain<PostReadCallBodyHook> postReadCallBody;

    private final HookChain<PostReadPushBodyHook> postReadPushBody;

    private final HookChain<PreWriteReplyHook> preWriteReply;

    private final HookChain<PostWriteReplyHook> postWriteReply;

    /**
     * @param plugins in the order in which they run
     * @throws IllegalArgumentException if two have the same name
     */
    ScopedHooks(List<? extends Plugin> plugins) {
        refuseRepeatedNames(plugins);
        names = plugins.stream().map(Plugin::name).toList();
        postRegister = new HookChain<>(PostRegisterHook.class, plugins);
        preReadCallBody = new HookChain<>(PreReadCallBodyHook.class, plugins);
        preReadPushBody = new HookChain<>(PreReadPushBodyHook.class, plugins);
        postReadCallBody = new HookChain<>(PostReadCallBodyHook.class, plugins);
        postReadPushBody = new HookChain<>(PostReadPushBodyHook.class, plugins);
        preWriteReply = new HookChain<>(PreWriteReplyHook.class, plugins);
        postWriteReply = new HookChain<>(PostWriteReplyHook.class, plugins);
    }

    private static void refuseRepeatedNames(List<? extends Plugin> plugins) {
        Set<String> names = new HashSet<>();
        for (Plugin plugin : plugins) {
            if (!names.add(plugin.name())) {
                throw new IllegalArgumentException("Two plugins are named '" + plugin.name() + "'");
            }
        }
    }

    /** Whether a plugin has anything to do where only routes are concerned. */
    static boolean isForRoutes(Plugin plugin) {
        return POINTS.stream().anyMatch(point -> point.isInstance(plugin));
    }

    @Override
    public List<String> plugins() {
        return names;
    }

    @Override
    public void postRegister(Route route) {
        postRegister.run(route, PostRegisterHook::postRegister);
    }

    @Override
    public void preReadBody(IncomingMessage message) {
        if (message.type() == MessageType.CALL) {
            preReadCallBody.run(message, PreReadCallBodyHook::preReadCallBody);
        } else {
            preReadPushBody.run(message, PreReadPushBodyHook::preReadPushBody);
        }
    }

    @Override
    public void postReadBody(IncomingMessage message) {
        if (message.type() == MessageType.CALL) {
            postReadCallBody.run(message, PostReadCallBodyHook::postReadCallBody);
        } else {
            postReadPushBody.run(message, PostReadPushBodyHook::postReadPushBody);
        }
    }

    @Override
    public boolean nothingAtReply() {
        return preWriteReply.isEmpty() && postWriteReply.isEmpty();
    }

    @Override
    public void preWriteReply(OutgoingMessage reply) {
        preWriteReply.run(reply, PreWriteReplyHook::preWriteReply);
    }

    @Override
    public void postWriteReply(OutgoingMessage reply) {
        postWriteReply.run(reply, PostWriteReplyHook::postWriteReply);
    }
}
