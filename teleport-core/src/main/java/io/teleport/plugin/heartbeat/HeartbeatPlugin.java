package io.teleport.plugin.heartbeat;

import io.teleport.plugin.PluginHost;
import io.teleport.plugin.PostReadCallHeaderHook;
import io.teleport.plugin.PostReadPushHeaderHook;
import io.teleport.plugin.PostWriteCallHook;
import io.teleport.plugin.PostWritePushHook;
import io.teleport.plugin.SetUpHook;
import io.teleport.session.IncomingMessage;
import io.teleport.session.OutgoingMessage;
import io.teleport.session.Session;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends heartbeats, answers those of the other side, or both; as Go Teleport's plugins {@code heart-ping} and {@code heart-pong} do.
 *
 * <p>What pings looks at every session of the peer once per rate, and sends a heartbeat over those without a call or push, in either direction, for at
 * least one rate; replies do not count. So two heartbeats are one to two rates apart. A heartbeat that fails in any way, even with 404 since the other
 * side does not know them, closes the connection with reason HEARTBEAT_LOST, and with it the session unless that is dialed again; as a call it fails if there is no reply
 * within two rates.
 *
 * <p>What answers (pong) watches a session from its first heartbeat on, and closes it, with the same reason, when it finds no call or push on it for more than
 * two and a half of the rates last announced; it looks once per rate, so that is at the third look, as with Go.
 *
 * <p>The last heartbeat of a session is among its attributes, as {@link Session#LAST_BEAT}. A peer has one timer thread for all of this.
 */
public final class HeartbeatPlugin
        implements SetUpHook, PostWriteCallHook, PostWritePushHook, PostReadCallHeaderHook, PostReadPushHeaderHook {

    /** Service method of heartbeats. */
    public static final String SERVICE_METHOD = "/heartbeat";

    /** Metadata key under which a heartbeat announces its rate, in whole seconds. */
    public static final String RATE = "hb_";

    /** The shortest time between two heartbeats; a shorter rate becomes this one. */
    public static final Duration SHORTEST_RATE = Duration.ofSeconds(3);

    private static final String NAME = "heartbeat";

    private final @Nullable PingPlan ping;

    private final boolean pong;

    private final Function<String, BeatTimer> timers;

    private HeartbeatPlugin(@Nullable PingPlan ping, boolean pong, Function<String, BeatTimer> timers) {
        this.ping = ping;
        this.pong = pong;
        this.timers = timers;
    }

    /**
     * Sends heartbeats.
     *
     * @param rate whole seconds; less than {@link #SHORTEST_RATE} becomes that
     * @throws IllegalArgumentException if the rate is no whole number of seconds, not positive, or more than a day
     */
    public static HeartbeatPlugin ping(Duration rate, PingMode mode) {
        return new HeartbeatPlugin(new PingPlan(rate, mode), false, ThreadTimer::new);
    }

    /** Answers heartbeats. */
    public static HeartbeatPlugin pong() {
        return new HeartbeatPlugin(null, true, ThreadTimer::new);
    }

    /** The same, and answers heartbeats, too. */
    public HeartbeatPlugin andPong() {
        return new HeartbeatPlugin(ping, true, timers);
    }

    /** The same, with another time. */
    HeartbeatPlugin with(BeatTimer timer) {
        return new HeartbeatPlugin(ping, pong, peer -> timer);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void setUp(PluginHost host) {
        BeatTimer timer = timers.apply(host.peerName());
        host.onClose(timer::close);
        if (ping != null) {
            new Pinger(ping, host, timer).start();
        }
        if (pong) {
            new Ponger(host, timer).start();
        }
    }

    @Override
    public void postWriteCall(OutgoingMessage call) {
        traffic(call.session());
    }

    @Override
    public void postWritePush(OutgoingMessage push) {
        traffic(push.session());
    }

    @Override
    public void postReadCallHeader(IncomingMessage call) {
        traffic(call.session());
    }

    @Override
    public void postReadPushHeader(IncomingMessage push) {
        traffic(push.session());
    }

    /** A session that nobody has looked at yet has no need of it: it is looked at as if it were new. */
    private static void traffic(Session session) {
        Pulse pulse = Pulse.of(session);
        if (pulse != null) {
            pulse.traffic();
        }
    }

    /** How it pings. */
    @Override
    public String toString() {
        return "HeartbeatPlugin[" + (ping == null ? "" : ping + (pong ? ", " : "")) + (pong ? "pong" : "") + "]";
    }
}
