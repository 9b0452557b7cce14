package io.teleport.session;

import io.teleport.message.FilterIds;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import org.jspecify.annotations.Nullable;

/**
 * A message of ours before it is packed. Hooks may read and change it. Not thread-safe: it belongs to the thread that sends.
 */
public final class OutgoingMessage {

    private final Session session;

    private final MessageType type;

    private final int sequence;

    private String serviceMethod;

    private Status status = Status.OK;

    private Metadata metadata;

    private int bodyCodec;

    private FilterIds filters;

    private @Nullable Object body;

    public OutgoingMessage(
            Session session,
            MessageType type,
            int sequence,
            String serviceMethod,
            Metadata metadata,
            int bodyCodec,
            FilterIds filters,
            @Nullable Object body) {
        this.session = session;
        this.type = type;
        this.sequence = sequence;
        this.serviceMethod = serviceMethod;
        this.metadata = metadata;
        this.bodyCodec = bodyCodec;
        this.filters = filters;
        this.body = body;
    }

    public Session session() {
        return session;
    }

    public MessageType type() {
        return type;
    }

    public int sequence() {
        return sequence;
    }

    /** Route at the other side; empty in a REPLY. */
    public String serviceMethod() {
        return serviceMethod;
    }

    public void serviceMethod(String newServiceMethod) {
        this.serviceMethod = newServiceMethod;
    }

    /** Outcome that a REPLY carries; OK elsewhere. */
    public Status status() {
        return status;
    }

    public void status(Status newStatus) {
        this.status = newStatus;
    }

    public Metadata metadata() {
        return metadata;
    }

    public void metadata(Metadata newMetadata) {
        this.metadata = newMetadata;
    }

    /** Id of the codec for the body. */
    public int bodyCodec() {
        return bodyCodec;
    }

    public void bodyCodec(int newBodyCodec) {
        this.bodyCodec = newBodyCodec;
    }

    public FilterIds filters() {
        return filters;
    }

    public void filters(FilterIds newFilters) {
        this.filters = newFilters;
    }

    /** The body before it is encoded. */
    public @Nullable Object body() {
        return body;
    }

    public void body(@Nullable Object newBody) {
        this.body = newBody;
    }

    /** The header as it will be packed. */
    public MessageHeader header() {
        return new MessageHeader(sequence, type.id(), serviceMethod, status, metadata, bodyCodec, filters);
    }
}
