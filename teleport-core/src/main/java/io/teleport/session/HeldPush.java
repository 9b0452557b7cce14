package io.teleport.session;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.socket.WriteListener;
import org.jspecify.annotations.Nullable;

/** A push that waits for a connection. */
record HeldPush(OutgoingMessage message, @Nullable WriteListener listener, long deadlineNanos) implements HeldRequest {

    @Override
    public boolean isOver() {
        return false;
    }

    @Override
    public Status sendOn(Link link, Calls calls) {
        return calls.write(message, link, listener, deadlineNanos);
    }

    @Override
    public void failHeld(Status status) {
        if (listener != null) {
            listener.unsent(status);
        }
    }

    @Override
    public Status timedOut() {
        return Status.builtIn(
                StatusCode.CONNECTION_CLOSED, "no connection came in time for " + message.serviceMethod());
    }
}
