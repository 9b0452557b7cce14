package io.teleport.session;

import io.teleport.message.MessageType;
import io.teleport.message.Status;
import org.jspecify.annotations.Nullable;

/** Learns of every finished call and push, for metrics and logs. Called on any thread; must not block or throw. */
public interface CallObserver {

    /** Sees nothing. */
    CallObserver NONE = new CallObserver() {};

    /**
     * A call or push of ours has its outcome.
     *
     * @param serviceMethod as it was sent
     * @param status outcome: of a CALL the reply's status or the local failure, of a PUSH whether it was accepted for sending
     * @param nanos time from the start of the call
     */
    default void issued(MessageType type, String serviceMethod, Status status, long nanos) {}

    /**
     * A call or push of the other side was handled.
     *
     * @param route path of the route, empty if there was none
     * @param status outcome, as replied to a CALL
     * @param nanos time from its arrival
     */
    default void handled(MessageType type, String route, Status status, long nanos) {}

    /**
     * As {@link #issued(MessageType, String, Status, long)}, with the messages; unless overridden it tells that one. Not used for what was refused before
     * there was a message.
     *
     * @param request what was sent, or was to be
     * @param reply the reply, if there was one; its body is readable during this call only
     */
    default void issued(OutgoingMessage request, @Nullable IncomingMessage reply, Status status, long nanos) {
        issued(request.type(), request.serviceMethod(), status, nanos);
    }

    /**
     * As {@link #handled(MessageType, String, Status, long)}, with the messages; unless overridden it tells that one.
     *
     * @param request what was received; its body is readable during this call only
     * @param reply the reply; null for a PUSH, and where none was packed but a bare status
     */
    default void handled(
            IncomingMessage request, @Nullable OutgoingMessage reply, String route, Status status, long nanos) {
        handled(request.type(), route, status, nanos);
    }

    /** An observer that tells this one first, then the other. */
    default CallObserver andThen(CallObserver next) {
        if (this == NONE || next == NONE) {
            return this == NONE ? next : this;
        }
        CallObserver first = this;
        return new CallObserver() {
            @Override
            public void issued(MessageType type, String serviceMethod, Status status, long nanos) {
                first.issued(type, serviceMethod, status, nanos);
                next.issued(type, serviceMethod, status, nanos);
            }

            @Override
            public void handled(MessageType type, String route, Status status, long nanos) {
                first.handled(type, route, status, nanos);
                next.handled(type, route, status, nanos);
            }

            @Override
            public void issued(OutgoingMessage request, @Nullable IncomingMessage reply, Status status, long nanos) {
                first.issued(request, reply, status, nanos);
                next.issued(request, reply, status, nanos);
            }

            @Override
            public void handled(
                    IncomingMessage request, @Nullable OutgoingMessage reply, String route, Status status, long nanos) {
                first.handled(request, reply, route, status, nanos);
                next.handled(request, reply, route, status, nanos);
            }
        };
    }
}
