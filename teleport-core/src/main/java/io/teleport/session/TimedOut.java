package io.teleport.session;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import java.time.Duration;

/** The status of a call that got no reply in time. */
final class TimedOut {

    private TimedOut() {}

    static Status status(PendingCall call) {
        Duration limit = Duration.ofNanos(call.deadlineNanos() - call.startedNanos());
        return Status.builtIn(
                StatusCode.HANDLE_TIMEOUT, "no reply from " + call.request().serviceMethod() + " within " + limit);
    }
}
