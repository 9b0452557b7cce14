package io.teleport.router;

import io.teleport.message.StatusException;
import io.teleport.session.IncomingMessage;
import io.teleport.session.OutgoingMessage;
import java.util.List;

/**
 * Points at which others may look at, change or refuse the messages of a route. A refusal is a {@link StatusException}: of a CALL it becomes the reply,
 * of a PUSH it is logged.
 */
public interface RouteHooks {

    /** Names of the plugins in the order in which they run. */
    List<String> plugins();

    /** When a route is registered; an exception refuses it. */
    void postRegister(Route route);

    /** Before the body is decoded, the route being known. On the event loop, one message of a session at a time. */
    void preReadBody(IncomingMessage message);

    /** After the body was decoded, before the handler. On the handler's thread. */
    void postReadBody(IncomingMessage message);

    /** Whether no plugin looks at replies. */
    boolean nothingAtReply();

    /** Before a REPLY is packed; a refusal is only logged. */
    void preWriteReply(OutgoingMessage reply);

    /** After a REPLY was accepted for sending; a refusal is only logged. */
    void postWriteReply(OutgoingMessage reply);
}
