package io.teleport.session;

import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import org.jspecify.annotations.Nullable;

/** A message of the other side on its way to a handler or caller. Hooks may read it and change where it goes. Handed from thread to thread. */
public final class IncomingMessage {

    /** Metadata key by which a proxy names the address of the original caller. */
    public static final String REAL_IP = "X-Real-IP";

    private final Session session;

    private final MessageHeader header;

    private final int size;

    private String serviceMethod;

    private @Nullable Object body;

    IncomingMessage(Session session, MessageHeader header, String serviceMethod, int size) {
        this.session = session;
        this.header = header;
        this.serviceMethod = serviceMethod;
        this.size = size;
    }

    public Session session() {
        return session;
    }

    public MessageHeader header() {
        return header;
    }

    public MessageType type() {
        return header.type();
    }

    public Metadata metadata() {
        return header.metadata();
    }

    /** Outcome that a REPLY carries. */
    public Status status() {
        return header.status();
    }

    /** Route that is looked up for a CALL or PUSH; of a REPLY the route of its call. */
    public String serviceMethod() {
        return serviceMethod;
    }

    /** Sends a CALL or PUSH to another route; has an effect only before the route is looked up. */
    public void serviceMethod(String newServiceMethod) {
        this.serviceMethod = newServiceMethod;
    }

    /** Bytes of the frame. */
    public int size() {
        return size;
    }

    /** The decoded body; null before it is decoded. */
    public @Nullable Object body() {
        return body;
    }

    /** Replaces the decoded body. */
    public void body(@Nullable Object newBody) {
        this.body = newBody;
    }

    /** Address of the original caller: metadata {@value #REAL_IP} if present, else the other end of the connection. */
    public String realIp() {
        return metadata().get(REAL_IP, session.remoteAddress());
    }
}
