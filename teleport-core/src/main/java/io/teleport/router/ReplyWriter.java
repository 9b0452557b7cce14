package io.teleport.router;

import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.LogText;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.session.Inbound;
import io.teleport.session.OutgoingMessage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the one REPLY of a CALL. */
final class ReplyWriter {

    private static final Logger log = LoggerFactory.getLogger(ReplyWriter.class);

    /** Metadata key by which a caller names the codec it wants for the reply. */
    private static final String ACCEPT_BODY_CODEC = "X-Accept-Body-Codec";

    private final Inbound inbound;

    private final @Nullable CallContext context;

    private final RouteHooks hooks;

    private final DispatchSettings settings;

    private final ConnectionState connection;

    private @Nullable OutgoingMessage written;

    /** @param context what the handler said about the reply, null if it said nothing */
    ReplyWriter(
            Inbound inbound,
            @Nullable CallContext context,
            RouteHooks hooks,
            DispatchSettings settings,
            ConnectionState connection) {
        this.inbound = inbound;
        this.context = context;
        this.hooks = hooks;
        this.settings = settings;
        this.connection = connection;
    }

    /**
     * Sends the reply.
     *
     * @return the status that was really sent: a result that cannot be encoded is replied to as 500
     */
    Status write(Status status, @Nullable Object result, boolean withHooks) {
        try {
            return send(status, result, withHooks);
        } catch (Throwable e) {
            // In a codec, a result's own code or a filter: the caller must learn of its call's end whatever it is.
            String cause =
                    Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
            log.warn("{}: the reply of {} could not be sent: {}", session(), method(), cause);
            return sendFailure(Status.builtIn(StatusCode.INTERNAL_SERVER_ERROR, cause));
        }
    }

    private Status sendFailure(Status failure) {
        try {
            return send(failure, null, false);
        } catch (Throwable e) {
            // The reply's own metadata, filters or text cannot be packed. The caller gets its answer all the same.
            log.warn("{}: nor could the reason be sent for {}: {}", session(), method(), e.toString());
            Status bare = Status.builtIn(StatusCode.INTERNAL_SERVER_ERROR);
            inbound.answer(bare);
            return bare;
        }
    }

    private Status send(Status status, @Nullable Object result, boolean withHooks) {
        int codec = status.isOk() ? codec() : 0;
        OutgoingMessage reply = OutgoingMessage.replyTo(
                inbound.message(),
                context == null ? Metadata.empty() : context.replyMetadata(),
                codec,
                filters(),
                status.isOk() ? result : null);
        reply.status(status);
        if (withHooks) {
            runHook(() -> hooks.preWriteReply(reply));
        }
        if (!reply.status().isOk()) {
            // A hook may have made it an error; an error has codec 0.
            reply.bodyCodec(0);
        }
        Status accepted = inbound.write(reply, body(reply));
        if (accepted.code() == StatusCode.WRITE_FAILED) {
            logWithoutRoom(accepted);
            Status refusal = Status.builtIn(StatusCode.INTERNAL_SERVER_ERROR, accepted.cause());
            inbound.answer(refusal);
            return refusal;
        }
        if (!accepted.isOk()) {
            log.debug("{}: the reply of {} was not sent: {}", session(), method(), accepted);
        } else if (withHooks) {
            runHook(() -> hooks.postWriteReply(reply));
        }
        written = reply;
        return reply.status();
    }

    /** The reply that was written; null if it was a bare status. */
    @Nullable
    OutgoingMessage written() {
        return written;
    }

    private void logWithoutRoom(Status refused) {
        if (connection.isFirstWithoutRoom()) {
            log.warn(
                    "{}: no room for the reply of {} (more are logged at DEBUG): {}",
                    session(),
                    method(),
                    refused.cause());
        } else {
            log.debug("{}: no room for the reply of {}: {}", session(), method(), refused.cause());
        }
    }

    private static BodyWriter body(OutgoingMessage reply) {
        // An error carries no body, whatever a hook put there.
        return reply.status().isOk() ? reply.bodyWriter() : BodyWriter.EMPTY;
    }

    private void runHook(Runnable hook) {
        try {
            hook.run();
        } catch (StatusException e) {
            log.error("{}: a plugin failed at the reply of {}: {}", session(), method(), e.status());
        }
    }

    private int codec() {
        if (context != null && context.replyCodec() != CallContext.NOT_SAID) {
            return context.replyCodec();
        }
        int accepted = acceptedCodec(inbound.message().metadata().get(ACCEPT_BODY_CODEC));
        return accepted > 0 ? accepted : inbound.message().header().bodyCodec();
    }

    /** A registered codec id of one to three digits, else 0: anything else is ignored, as in Go. */
    private int acceptedCodec(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        int id = Integer.parseInt(text);
        return settings.bodies().knows(id) ? id : 0;
    }

    private FilterIds filters() {
        FilterIds ofCall = inbound.message().header().filters();
        return context == null ? ofCall : ofCall.plus(context.addedFilters());
    }

    private Object session() {
        return inbound.message().session();
    }

    private String method() {
        return LogText.of(inbound.message().serviceMethod());
    }
}
