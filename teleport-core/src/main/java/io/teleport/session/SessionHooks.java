package io.teleport.session;

import io.teleport.message.StatusException;
import io.teleport.socket.CloseCause;

/**
 * Points at which a session lets others look at, change or refuse what it does. The plugin room implements this for all plugins together.
 *
 * <p>A refusal is a {@link StatusException}; what it does is said for each.
 */
public interface SessionHooks {

    /** No plugin. */
    SessionHooks NONE = new SessionHooks() {};

    /** Before a CALL or PUSH is packed; a refusal is its outcome, nothing is sent. */
    default void preWrite(OutgoingMessage message) {}

    /** After a CALL or PUSH was accepted for sending; a refusal is only logged. */
    default void postWrite(OutgoingMessage message) {}

    /** Before each wait for a message, first when the session starts; a refusal closes the connection. On the event loop. */
    default void preReadHeader(Session session) {}

    /** After a REPLY was matched with its call; a refusal becomes the call's outcome. */
    default void postReadReplyHeader(IncomingMessage reply) {}

    /** Before the body of a REPLY is decoded; a refusal becomes the call's outcome. */
    default void preReadReplyBody(IncomingMessage reply) {}

    /** After the body of a successful REPLY was decoded; a refusal becomes the call's outcome. */
    default void postReadReplyBody(IncomingMessage reply) {}

    /** After the connection ended, once for each session; a refusal is only logged. */
    default void postDisconnect(Session session, CloseCause cause) {}
}
