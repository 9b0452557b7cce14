package io.teleport.plugin;

import io.teleport.router.RoutePlugin;

/**
 * A plugin of a peer, or of some of its routes. It takes part at the points whose hook interfaces it also implements; a plugin that implements none has no effect.
 *
 * <p>At each point the plugins run in this order: the peer's, as they were given; those of groups, outer ones first; those of the route; the peer's last
 * ones. Plugins of groups and routes ({@link io.teleport.router.Router#with}) take part in PostRegister, PreRead…Body, PostRead…Body, PreWriteReply and
 * PostWriteReply of their routes only. The interfaces, in the order a message meets them:
 *
 * <pre>
 * peer     PreNewPeerHook, PostNewPeerHook (both in the room of the peer), {@link SetUpHook}, {@link PostRegisterHook}, {@link PostListenHook}
 * link     {@link PreDialHook}, {@link DialHandshakeHook}, {@link PostDialHook},
 *          {@link AcceptHandshakeHook}, {@link PostAcceptHook}, {@link PostDisconnectHook}
 * caller   {@link PreWriteCallHook}, (write), {@link PostWriteCallHook}
 *          {@link PreWritePushHook}, (write), {@link PostWritePushHook}
 * callee   {@link PreReadHeaderHook}, {@link PostReadCallHeaderHook}, {@link PreReadCallBodyHook}, (decode), {@link PostReadCallBodyHook},
 *          handler, {@link PreWriteReplyHook}, (write), {@link PostWriteReplyHook}
 *          {@link PostReadPushHeaderHook}, {@link PreReadPushBodyHook}, (decode), {@link PostReadPushBodyHook}, handler
 * caller   {@link PostReadReplyHeaderHook}, {@link PreReadReplyBodyHook}, (decode), {@link PostReadReplyBodyHook}
 * </pre>
 *
 * What changes the bytes of bodies, such as encryption, is added to the message before it is written
 * ({@link io.teleport.session.OutgoingMessage#addBodyTransform}) and before its body is read
 * ({@link io.teleport.session.IncomingMessage#addBodyTransform}).
 *
 * <p>A hook refuses by throwing a {@link io.teleport.message.StatusException}; any other exception becomes 500 with its text. Either stops the
 * remaining plugins at that point. What a refusal does beyond that is said at each interface.
 */
public interface Plugin extends RoutePlugin {

    /** Unique among the plugins of a peer, and among those that take part in a route. */
    @Override
    String name();
}
