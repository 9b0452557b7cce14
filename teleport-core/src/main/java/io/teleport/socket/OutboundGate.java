package io.teleport.socket;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.transport.EventLoopThread;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets frames into the outbound queue, or does what the policy says where there is no room. Thread-safe. */
final class OutboundGate {

    private static final Logger log = LoggerFactory.getLogger(OutboundGate.class);

    private final GuardedSocket socket;

    private final OutboundQueue queue;

    private final OutboundPolicy policy;

    private final AtomicBoolean told = new AtomicBoolean();

    OutboundGate(GuardedSocket socket, OutboundQueue queue, OutboundPolicy policy) {
        this.socket = socket;
        this.queue = queue;
        this.policy = policy;
    }

    /**
     * Reserves room for a frame.
     *
     * @param extraRoom bytes that it may have beyond the limit
     * @param waitNanos how long the caller may be kept waiting, if that is the policy
     * @return null if room is reserved, else the refusal
     */
    @Nullable
    Status admit(int size, int extraRoom, long waitNanos) {
        boolean othersWait =
                policy == OutboundPolicy.BLOCK && waitNanos > 0 && !queue.line().isEmpty();
        if (!othersWait && queue.reserve(size, extraRoom)) {
            return null;
        }
        return switch (policy) {
            case REFUSE -> full("");
            case BLOCK -> waitNanos > 0 && !EventLoopThread.isCurrent() ? await(size, waitNanos) : full("");
            case DROP_OLDEST_PUSH -> drop(size, extraRoom);
            case CLOSE_SLOW -> closeSlow();
        };
    }

    private @Nullable Status await(int size, long waitNanos) {
        return switch (queue.line().await(size, waitNanos)) {
            case ROOM -> null;
            case TIMEOUT -> full(", and did so for " + Duration.ofNanos(waitNanos));
            case INTERRUPTED -> full(", and the caller was interrupted while it waited for room");
            case CLOSED -> socket.closedStatus();
        };
    }

    private @Nullable Status drop(int size, int extraRoom) {
        List<OutboundFrame> pushes;
        do {
            pushes = queue.takePushesFor(size, extraRoom);
            if (!pushes.isEmpty()) {
                discard(pushes);
            }
            if (queue.reserve(size, extraRoom)) {
                return null;
            }
            // Others may have been quicker to take the room that was made.
        } while (!pushes.isEmpty());
        return full("");
    }

    private void discard(List<OutboundFrame> pushes) {
        if (told.compareAndSet(false, true)) {
            log.info(
                    "{}: the other side reads too slowly, pushes are dropped from now on whenever {} bytes wait",
                    socket,
                    queue.limit());
        }
        Status reason = Status.builtIn(
                StatusCode.WRITE_FAILED, "dropped to make room in the outbound queue, limit " + queue.limit());
        for (OutboundFrame push : pushes) {
            queue.giveBack(push.size());
            push.discard(reason);
        }
    }

    private Status closeSlow() {
        socket.abort(
                CloseReason.OVERLOADED,
                "the other side reads too slowly: " + queue.waitingBytes() + " bytes wait, limit " + queue.limit());
        return socket.closedStatus();
    }

    private Status full(String andWhy) {
        return Status.builtIn(
                StatusCode.WRITE_FAILED,
                "outbound queue is full: " + queue.waitingBytes() + " bytes wait, limit " + queue.limit() + andWhy);
    }

    /** Pushes that were accepted, and dropped before their turn. */
    long dropped() {
        return queue.takenPushes();
    }
}
