package io.teleport.session;

import io.teleport.codec.TypeRef;
import io.teleport.message.Status;
import io.teleport.message.StatusException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What calls and pushes can be made on: a session, or something that finds one. Thread-safe. */
public interface Requester {

    /** A call or push with options of its own. */
    Request request(String serviceMethod);

    /**
     * Calls and waits for the result.
     *
     * @param serviceMethod route at the other side
     * @param body argument: an object for the default codec, bytes as they are, or null for none
     * @param resultType type of the result; {@code byte[]} for the bytes as they are, {@code void} to ignore it
     * @return the result; null if the reply has no body
     * @throws StatusException with the other side's status, or 102 if the connection ended, 104 if nothing could be sent, 408 if no reply came
     *     within the call timeout
     * @throws IllegalStateException on an event loop, where waiting would stop other connections
     */
    default <R> R call(String serviceMethod, @Nullable Object body, Class<R> resultType) {
        return Calls.bodyForCaller(request(serviceMethod).call(body, resultType));
    }

    /** As {@link #call(String, Object, Class)}, for results with type arguments. */
    default <R> R call(String serviceMethod, @Nullable Object body, TypeRef<R> resultType) {
        return Calls.bodyForCaller(request(serviceMethod).call(body, resultType));
    }

    /**
     * Calls without waiting. The future completes on a handler thread, never on an event loop; it fails with a {@link StatusException} where
     * {@link #call} throws one. Cancelling it forgets the call at once.
     */
    default <R> CompletableFuture<R> callAsync(String serviceMethod, @Nullable Object body, Class<R> resultType) {
        return BodyFuture.of(request(serviceMethod).callAsync(body, resultType));
    }

    /** As {@link #callAsync(String, Object, Class)}, for results with type arguments. */
    default <R> CompletableFuture<R> callAsync(String serviceMethod, @Nullable Object body, TypeRef<R> resultType) {
        return BodyFuture.of(request(serviceMethod).callAsync(body, resultType));
    }

    /**
     * Pushes: sends without a reply. Returns when the message is queued for sending; {@link Request#push} tells when it was sent.
     *
     * @throws StatusException 102 if the session is closed, 104 if the message cannot be packed or too much waits already
     */
    default void push(String serviceMethod, @Nullable Object body) {
        Status status = request(serviceMethod).pushNow(body);
        if (!status.isOk()) {
            throw status.toException();
        }
    }
}
