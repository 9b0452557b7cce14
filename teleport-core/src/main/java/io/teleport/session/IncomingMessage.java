package io.teleport.session;

import io.teleport.codec.Bodies;
import io.teleport.codec.BodyTransform;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import org.jspecify.annotations.Nullable;

/** A message of the other side on its way to a handler or caller. Hooks may read it and change where it goes. Handed from thread to thread. */
public final class IncomingMessage {

    /** Metadata key by which a proxy names the address of the original caller. */
    public static final String REAL_IP = "X-Real-IP";

    /** Metadata key by which a caller says how many milliseconds it will still wait. */
    public static final String TIMEOUT = "X-Timeout-Ms";

    private final Session session;

    private final Bodies bodies;

    private final MessageHeader header;

    private final int size;

    private String serviceMethod;

    private Metadata metadata;

    private @Nullable Object body;

    private @Nullable BodyTransform bodyTransform;

    IncomingMessage(Session session, Bodies bodies, MessageHeader header, String serviceMethod, int size) {
        this.session = session;
        this.bodies = bodies;
        this.header = header;
        this.metadata = header.metadata();
        this.serviceMethod = serviceMethod;
        this.size = size;
    }

    public Session session() {
        return session;
    }

    /** The header as it was received, whatever hooks changed. */
    public MessageHeader header() {
        return header;
    }

    public MessageType type() {
        return header.type();
    }

    public Metadata metadata() {
        return metadata;
    }

    /** Replaces the metadata for whoever looks at it later: other hooks, the handler, the caller. */
    public void metadata(Metadata newMetadata) {
        this.metadata = newMetadata;
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

    /** The codecs that bodies of this peer are made with. */
    public Bodies bodies() {
        return bodies;
    }

    /**
     * Changes the received body before it is decoded, off the event loop unless the route is inline. What is added later comes off first, so that
     * plugins in the same order on both sides undo each other. Has an effect before the body is decoded only, and not in an error REPLY.
     */
    public void addBodyTransform(BodyTransform added) {
        bodyTransform = bodyTransform == null ? added : added.andThen(bodyTransform);
    }

    /** What changes the body before it is decoded; null for nothing. */
    public @Nullable BodyTransform bodyTransform() {
        return bodyTransform;
    }

    /** Address of the original caller: metadata {@value #REAL_IP} if present, else the other end of the connection. */
    public String realIp() {
        return metadata().get(REAL_IP, session.remoteAddress());
    }
}
