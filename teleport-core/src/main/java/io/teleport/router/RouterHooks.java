package io.teleport.router;

import io.teleport.message.StatusException;
import io.teleport.session.IncomingMessage;
import io.teleport.session.OutgoingMessage;

/**
 * Points at which the router lets others look at, change or refuse an incoming CALL or PUSH and its reply. The plugin room implements this for all
 * plugins together. A refusal is a {@link StatusException}: of a CALL it becomes the reply, of a PUSH it is logged.
 */
public interface RouterHooks {

    /** No plugin. */
    RouterHooks NONE = new RouterHooks() {};

    /** After the header was read, before the route is looked up. On the event loop, one message of a session at a time. */
    default void postReadHeader(IncomingMessage message) {}

    /** Before the body is decoded, the route being known. On the event loop, one message of a session at a time. */
    default void preReadBody(IncomingMessage message) {}

    /** After the body was decoded, before the handler. On the handler's thread. */
    default void postReadBody(IncomingMessage message) {}

    /** Before a REPLY is packed; a refusal is only logged. */
    default void preWriteReply(OutgoingMessage reply) {}

    /** After a REPLY was accepted for sending; a refusal is only logged. */
    default void postWriteReply(OutgoingMessage reply) {}

    /** When a route is registered; an exception refuses it. */
    default void postRegister(Route route) {}
}
