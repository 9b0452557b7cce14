package io.teleport.session;

import io.teleport.codec.TypeRef;
import io.teleport.message.FilterIds;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.StatusException;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One call or push with its options; send it once. Made by {@link Session#request}. Not thread-safe.
 *
 * <p>Unlike {@link Session#call}, calls made here report failures in the {@link Reply}, together with the metadata of the answer.
 */
public final class Request {

    /** So long that nobody waits for it, and short enough to be added to a moment in nanoseconds. */
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(36_500);

    private final LiveSession session;

    private final Calls calls;

    private final String serviceMethod;

    private Metadata metadata = Metadata.empty();

    private int codecId;

    private FilterIds filters = FilterIds.none();

    private Duration timeout;

    private boolean idempotent;

    private boolean inline;

    Request(LiveSession session, Calls calls, String serviceMethod) {
        this.session = session;
        this.calls = calls;
        this.serviceMethod = serviceMethod;
        this.codecId = session.environment().defaultCodec().id();
        this.timeout = session.environment().settings().callTimeout();
    }

    /** Adds a metadata pair; keys may repeat. */
    public Request meta(String key, String value) {
        metadata = metadata.toBuilder().add(key, value).build();
        return this;
    }

    /** Adds all pairs of {@code more}. */
    public Request metadata(Metadata more) {
        metadata = metadata.plus(more);
        return this;
    }

    /**
     * Codec of the body, the peer's default unless set.
     *
     * @throws IllegalArgumentException if the peer has no codec of this name
     */
    public Request codec(String name) {
        codecId = session.environment().bodies().codecs().byName(name).id();
        return this;
    }

    /**
     * Id of the codec of a body that is bytes already; whether the peer has that codec does not matter then.
     *
     * @throws IllegalArgumentException if it is not one of 0 to 255
     */
    public Request codec(int id) {
        if (id < 0 || id > 255) {
            throw new IllegalArgumentException("Codec id " + id + " (expected 0 to 255)");
        }
        codecId = id;
        return this;
    }

    /**
     * Adds a transfer filter, inside those added before; none unless added.
     *
     * @throws IllegalArgumentException if the peer has no filter of this name, or the message has 255 already
     */
    public Request filter(String name) {
        filters = filters.plus(session.environment().filters().byName(name).id());
        return this;
    }

    /**
     * Limit for the whole call, write and reply; the peer's call timeout unless set. More than a hundred years count as a hundred.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Request timeout(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("Call timeout " + limit + " (expected more than zero)");
        }
        timeout = limit.compareTo(LONGEST_TIMEOUT) < 0 ? limit : LONGEST_TIMEOUT;
        return this;
    }

    /**
     * Declares that handling the call twice does no harm. When the connection ends before the reply has come, and the session is dialed again, the call is
     * sent again; otherwise it ends with 102, since it may have been handled (G6).
     */
    public Request idempotent() {
        idempotent = true;
        return this;
    }

    /**
     * Has {@link #callAsync} decode the reply and complete its future on the event loop, which saves waking a thread for each. What depends on the future
     * then runs there, too: it must not block, and stops every connection of that loop while it computes. As
     * {@code Router.inline()} does for routes. Failures without a reply still come on another thread.
     */
    public Request inline() {
        inline = true;
        return this;
    }

    /**
     * Calls and waits for the outcome.
     *
     * @return the outcome, successful or not
     * @throws IllegalStateException on an event loop
     */
    public <R> Reply<R> call(@Nullable Object body, Class<R> resultType) {
        return calls.callAndWait(this, body, resultType);
    }

    /** As {@link #call(Object, Class)}, for results with type arguments. */
    public <R> Reply<R> call(@Nullable Object body, TypeRef<R> resultType) {
        return calls.callAndWait(this, body, resultType.type());
    }

    /** As {@link #call(Object, Class)}, for a type known at run time only. */
    public Reply<Object> call(@Nullable Object body, Type resultType) {
        return calls.callAndWait(this, body, resultType);
    }

    /** Calls without waiting. The future completes with the outcome, successful or not, on a handler thread; cancelling it forgets the call. */
    public <R> CompletableFuture<Reply<R>> callAsync(@Nullable Object body, Class<R> resultType) {
        return calls.callLater(this, body, resultType);
    }

    /** As {@link #callAsync(Object, Class)}, for results with type arguments. */
    public <R> CompletableFuture<Reply<R>> callAsync(@Nullable Object body, TypeRef<R> resultType) {
        return calls.callLater(this, body, resultType.type());
    }

    /** As {@link #callAsync(Object, Class)}, for a type known at run time only. */
    public CompletableFuture<Reply<Object>> callAsync(@Nullable Object body, Type resultType) {
        return calls.callLater(this, body, resultType);
    }

    /**
     * Pushes.
     *
     * @return completes when the whole message was handed to the network; fails with a {@link StatusException} (102 or 104) if it was not, also if
     *     it was accepted and then dropped to make room for others ({@link io.teleport.socket.OutboundPolicy#DROP_OLDEST_PUSH})
     */
    public CompletableFuture<@Nullable Void> push(@Nullable Object body) {
        return calls.pushLater(this, body);
    }

    Status pushNow(@Nullable Object body) {
        return calls.push(this, body, null);
    }

    boolean isIdempotent() {
        return idempotent;
    }

    boolean isInline() {
        return inline;
    }

    String serviceMethod() {
        return serviceMethod;
    }

    Metadata metadata() {
        return metadata;
    }

    int codecId() {
        return codecId;
    }

    FilterIds filters() {
        return filters;
    }

    long timeoutNanos() {
        return timeout.toNanos();
    }
}
