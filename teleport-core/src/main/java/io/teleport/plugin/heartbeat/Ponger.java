package io.teleport.plugin.heartbeat;

import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.plugin.PluginHost;
import io.teleport.router.CallContext;
import io.teleport.router.Router;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Answers the heartbeats of the other sides of one peer, and misses those that fail to come. */
final class Ponger {

    private static final int JSON = 'j';

    private static final byte[] JSON_NULL = "null".getBytes(StandardCharsets.US_ASCII);

    /** However short a rate another side announces, nobody is looked at more often. */
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

    private final PluginHost host;

    private final BeatTimer timer;

    /** Time between two looks: the shortest rate that is announced. Guarded by this. */
    private Duration interval = HeartbeatPlugin.SHORTEST_RATE;

    private BeatTimer.@Nullable Cancellable nextLook;

    Ponger(PluginHost host, BeatTimer timer) {
        this.host = host;
        this.timer = timer;
    }

    void start() {
        Router router = host.router();
        router.call(HeartbeatPlugin.SERVICE_METHOD, void.class, (context, nothing) -> {
            beat(context.session(), context.metadata());
            return answer(context);
        });
        router.push(
                HeartbeatPlugin.SERVICE_METHOD,
                void.class,
                (context, nothing) -> beat(context.session(), context.metadata()));
    }

    /** An empty object, as Go's plugin answers: in JSON the word null, elsewhere no bytes. */
    private static byte @Nullable [] answer(CallContext context) {
        return context.bodyCodec() == JSON && !context.metadata().contains("X-Accept-Body-Codec") ? JSON_NULL : null;
    }

    private void beat(Session session, Metadata metadata) {
        String text = metadata.get(HeartbeatPlugin.RATE, "");
        long seconds = AnnouncedRate.seconds(text);
        Pulse pulse = Pulse.of(session, timer);
        if (seconds == AnnouncedRate.INVALID && !pulse.isWatched()) {
            throw Status.of(StatusCode.BAD_MESSAGE, "invalid heartbeat rate", text)
                    .toException();
        }
        pulse.traffic();
        session.attributes().put(Session.LAST_BEAT, timer.now());
        if (seconds > 0) {
            Duration rate = Duration.ofSeconds(seconds);
            pulse.announced(rate.toNanos());
            lookAfter(rate);
        }
    }

    /** Makes sure that the sessions are looked at once per this rate. */
    private synchronized void lookAfter(Duration rate) {
        boolean sooner = rate.compareTo(interval) < 0;
        if (nextLook == null || sooner) {
            if (nextLook != null) {
                nextLook.cancel();
            }
            interval = rate.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : rate;
            nextLook = timer.schedule(interval, this::look);
        }
    }

    private void look() {
        looking();
        long shortest = Long.MAX_VALUE;
        for (Session session : host.sessions().stream().toList()) {
            Pulse pulse = Pulse.of(session);
            if (pulse != null && pulse.isWatched()) {
                shortest = Math.min(shortest, pulse.announcedRate());
                closeIfSilent(session, pulse);
            }
        }
        if (shortest != Long.MAX_VALUE) {
            lookAfter(Duration.ofNanos(shortest));
        }
    }

    /** Whoever announces a rate from now on is looked after, and so are those that this look finds. */
    private synchronized void looking() {
        nextLook = null;
    }

    private void closeIfSilent(Session session, Pulse pulse) {
        String socket = session.socketId();
        long rate = pulse.announcedRate();
        // Heartbeats of Go may come two rates apart, and a moment more; the look that follows the half of a rate beyond
        // is the one that finds two missing.
        if (session.isHealthy() && pulse.silence() > 2 * rate + rate / 2) {
            host.sockets()
                    .get(socket)
                    .ifPresent(open -> open.abort(
                            CloseReason.HEARTBEAT_LOST,
                            "no call or push for more than two heartbeats, one every " + Duration.ofNanos(rate)));
        }
    }
}
