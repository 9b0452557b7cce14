package io.teleport.router;

import io.teleport.message.FilterIds;
import io.teleport.message.Metadata;
import io.teleport.session.IncomingMessage;
import io.teleport.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a handler may know of the message it handles. Usable until the handler's result is complete.
 *
 * <p>A context is cancelled when its deadline passes or the connection that the message came from ends: nobody waits for the result any more. The
 * deadline is the earliest of these: the peer's context age, from the start of handling; the end of the session's age as it is then; for a CALL, the time that its caller still waits as told in
 * the metadata {@code X-Timeout-Ms} (decimal, milliseconds; anything else is ignored), from its arrival. At the deadline the caller is answered 408
 * "Handle Timeout", at once and whatever the handler does; what the handler gives later is dropped. A CALL whose deadline passes while it still waits
 * for a thread or its turn is answered without being handled. Handlers are not stopped unless their route is {@link Route#isInterruptible()}.
 */
public abstract sealed class MessageContext permits CallContext, PushContext {

    private final IncomingMessage message;

    private final Cancellation cancellation;

    MessageContext(IncomingMessage message, Cancellation cancellation) {
        this.message = message;
        this.cancellation = cancellation;
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

    /** How much time is left until the deadline, zero when it has passed; empty if there is none. */
    public final Optional<Duration> remaining() {
        return cancellation.remaining();
    }

    /** When the handling must have ended; empty if there is no deadline. By the clock of this machine, of this moment. */
    public final Optional<Instant> deadline() {
        return remaining().map(Instant.now()::plus);
    }

    /** Whether nobody waits for the result any more. Once true it stays so. */
    public final boolean isCancelled() {
        return cancellation.isCancelled();
    }

    /**
     * Runs an action when the context is cancelled, once, on a thread that may block; soon if that is so already. An action that is not due by the time
     * the handler's result is complete is forgotten.
     */
    public final void onCancel(Runnable action) {
        cancellation.onCancel(action);
    }
}
