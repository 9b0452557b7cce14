package io.teleport.session;

import io.teleport.codec.Bodies;
import io.teleport.codec.BodyTransform;
import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A message of ours before it is packed. Hooks may read and change it. Not thread-safe: it belongs to the thread that sends.
 */
public final class OutgoingMessage {

    private final Session session;

    private final Bodies bodies;

    private final @Nullable IncomingMessage call;

    private final MessageType type;

    private int sequence;

    /** Whether the hooks before writing have run, which they do once, also for a message that goes to another connection. */
    private boolean prepared;

    /** Whether a hook has refused it for good. */
    private boolean refused;

    private String serviceMethod;

    private Status status = Status.OK;

    private Metadata metadata;

    private int bodyCodec;

    private FilterIds filters;

    private @Nullable Object body;

    private @Nullable BodyTransform bodyTransform;

    private int size;

    private long deadlineNanos = Inbound.NO_DEADLINE;

    private LongSupplier clock = System::nanoTime;

    /** @param call the CALL that a REPLY answers, null elsewhere */
    OutgoingMessage(
            Session session,
            Bodies bodies,
            @Nullable IncomingMessage call,
            MessageType type,
            int sequence,
            String serviceMethod,
            Metadata metadata,
            int bodyCodec,
            FilterIds filters,
            @Nullable Object body) {
        this.session = session;
        this.bodies = bodies;
        this.call = call;
        this.type = type;
        this.sequence = sequence;
        this.serviceMethod = serviceMethod;
        this.metadata = metadata;
        this.bodyCodec = bodyCodec;
        this.filters = filters;
        this.body = body;
    }

    /** The REPLY of a CALL. */
    public static OutgoingMessage replyTo(
            IncomingMessage call, Metadata metadata, int bodyCodec, FilterIds filters, @Nullable Object body) {
        int sequence = call.header().sequence();
        return new OutgoingMessage(
                call.session(),
                call.bodies(),
                call,
                MessageType.REPLY,
                sequence,
                "",
                metadata,
                bodyCodec,
                filters,
                body);
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

    void refuse() {
        refused = true;
    }

    boolean isRefused() {
        return refused;
    }

    /** Gives it the number for another connection. */
    void renumber(int newSequence) {
        sequence = newSequence;
    }

    /** Whether the hooks before writing still have to run; from now on they have not. */
    boolean prepare() {
        boolean first = !prepared;
        prepared = true;
        return first;
    }

    /** The CALL that this REPLY answers; null if this is no REPLY. */
    public @Nullable IncomingMessage call() {
        return call;
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

    /** The codecs that bodies of this peer are made with. */
    public Bodies bodies() {
        return bodies;
    }

    /**
     * Changes the encoded body on its way out, outside what was added before. An error REPLY has no body: nothing is changed then.
     *
     * @see IncomingMessage#addBodyTransform how the other side undoes it
     */
    public void addBodyTransform(BodyTransform added) {
        bodyTransform = bodyTransform == null ? added : bodyTransform.andThen(added);
    }

    /**
     * The body as it will be packed.
     *
     * @throws io.teleport.codec.CodecException if an object is to be written and the codec is unknown
     */
    public BodyWriter bodyWriter() {
        return bodies.writer(body, bodyCodec, bodyTransform);
    }

    /** Bytes of the frame; 0 unless it was accepted for sending. */
    public int size() {
        return size;
    }

    void size(int bytes) {
        size = bytes;
    }

    /** Until when the caller waits for the answer to this CALL, by this clock. */
    void deadline(long newDeadlineNanos, LongSupplier itsClock) {
        this.deadlineNanos = newDeadlineNanos;
        this.clock = itsClock;
    }

    /**
     * The header as it will be packed. That of a CALL tells in {@value IncomingMessage#TIMEOUT} how many whole milliseconds, one at the least, its
     * caller will still wait; unless its metadata says so already.
     */
    public MessageHeader header() {
        return new MessageHeader(sequence, type.id(), serviceMethod, status, metadataWithTimeout(), bodyCodec, filters);
    }

    private Metadata metadataWithTimeout() {
        if (deadlineNanos == Inbound.NO_DEADLINE || metadata.contains(IncomingMessage.TIMEOUT)) {
            return metadata;
        }
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - clock.getAsLong()));
        return metadata.isEmpty()
                ? Metadata.of(IncomingMessage.TIMEOUT, Long.toString(millis))
                : metadata.with(IncomingMessage.TIMEOUT, Long.toString(millis));
    }
}
