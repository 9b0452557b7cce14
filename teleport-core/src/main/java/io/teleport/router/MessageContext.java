package io.teleport.router;

import io.teleport.message.FilterIds;
import io.teleport.message.Metadata;
import io.teleport.session.IncomingMessage;
import io.teleport.session.Session;

/** What a handler may know of the message it handles. Usable until the handler's result is complete. */
public abstract sealed class MessageContext permits CallContext, PushContext {

    private final IncomingMessage message;

    MessageContext(IncomingMessage message) {
        this.message = message;
    }

    /** The session the message came over; calls and pushes go back over it. */
    public final Session session() {
        return message.session();
    }

    /** Route the sender named. */
    public final String serviceMethod() {
        return message.serviceMethod();
    }

    /** Metadata that came with the message. */
    public final Metadata metadata() {
        return message.metadata();
    }

    /** Number of the message on its session. */
    public final int sequence() {
        return message.header().sequence();
    }

    /** Id of the codec the body came in. */
    public final int bodyCodec() {
        return message.header().bodyCodec();
    }

    /** Ids of the transfer filters the message came through, outermost first. */
    public final FilterIds filters() {
        return message.header().filters();
    }

    /** {@code ip:port} of the other end of the connection. */
    public final String remoteAddress() {
        return message.session().remoteAddress();
    }

    /** Address of the original caller: metadata {@code X-Real-IP} if present, else {@link #remoteAddress()}. */
    public final String realIp() {
        return message.realIp();
    }
}
