package io.teleport.plugin.heartbeat;

import io.teleport.plugin.PluginHost;
import io.teleport.session.Reply;
import io.teleport.session.Request;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the heartbeats of one peer. */
final class Pinger {

    private static final Logger log = LoggerFactory.getLogger(Pinger.class);

    private final PingPlan plan;

    private final PluginHost host;

    private final BeatTimer timer;

    Pinger(PingPlan plan, PluginHost host, BeatTimer timer) {
        this.plan = plan;
        this.host = host;
        this.timer = timer;
    }

    void start() {
        timer.schedule(plan.rate(), this::look);
    }

    private void look() {
        try {
            host.sessions().stream()
                    .filter(this::isDue)
                    .forEach(session -> host.executor().execute(() -> ping(session)));
        } finally {
            timer.schedule(plan.rate(), this::look);
        }
    }

    private boolean isDue(Session session) {
        Pulse pulse = Pulse.of(session, timer);
        // Where messages wait for the other side anyway, one more tells nothing; that it takes none at all is found by
        // the socket.
        return session.isHealthy()
                && pulse.silence() >= plan.silence().toNanos()
                && session.isWritable()
                && pulse.beginPing();
    }

    private void ping(Session session) {
        Request request = session.request(HeartbeatPlugin.SERVICE_METHOD)
                .meta(HeartbeatPlugin.RATE, plan.seconds())
                .timeout(plan.patience());
        String socket = session.socketId();
        CompletableFuture<?> outcome = plan.mode() == PingMode.CALL
                ? request.callAsync(null, Void.class).thenApply(Pinger::requireOk)
                : request.push(null);
        outcome.whenComplete((done, failure) -> {
            Pulse.of(session, timer).endPing();
            if (failure == null) {
                session.attributes().put(Session.LAST_BEAT, timer.now());
            } else {
                lost(session, socket, failure);
            }
        });
    }

    private static Reply<Void> requireOk(Reply<Void> reply) {
        if (!reply.isOk()) {
            throw reply.status().toException();
        }
        return reply;
    }

    private void lost(Session session, String socket, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        log.debug("{}: heartbeat failed", session, cause);
        // That connection, not one that the session has meanwhile.
        host.sockets()
                .get(socket)
                .ifPresent(open -> open.abort(CloseReason.HEARTBEAT_LOST, "heartbeat failed: " + cause.getMessage()));
    }
}
