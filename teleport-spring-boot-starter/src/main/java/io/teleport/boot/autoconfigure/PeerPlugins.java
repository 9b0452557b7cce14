package io.teleport.boot.autoconfigure;

import io.teleport.boot.Teleport;
import io.teleport.boot.autoconfigure.TeleportProperties.Heartbeat;
import io.teleport.boot.autoconfigure.TeleportProperties.Overload;
import io.teleport.boot.autoconfigure.TeleportProperties.Settings;
import io.teleport.peer.PeerBuilder;
import io.teleport.plugin.heartbeat.HeartbeatPlugin;
import io.teleport.plugin.heartbeat.PingMode;
import io.teleport.plugin.overload.OverloadLimits;
import io.teleport.plugin.overload.OverloadPlugin;
import io.teleport.plugin.proxy.ProxyPlugin;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The plugins that settings alone describe. */
final class PeerPlugins {

    private final Set<String> dialing;

    private final Supplier<Teleport> teleport;

    /**
     * @param dialing names of the peers that keep a connection
     * @param teleport asked when a message is forwarded: there is none while the peers are being built
     */
    PeerPlugins(Set<String> dialing, Supplier<Teleport> teleport) {
        this.dialing = dialing;
        this.teleport = teleport;
    }

    /** Adds what comes before all other plugins: what is too much is nobody else's business. */
    void addFirst(String peer, Settings settings, PeerBuilder builder) {
        Overload overload = settings.overload();
        OverloadLimits limits = PeerFactory.checked(
                peer,
                "overload",
                () -> new OverloadLimits(
                        orZero(overload.connections()),
                        orZero(overload.connectionsPerAddress()),
                        orZero(overload.rate()),
                        orZero(overload.ratePerSession()),
                        Objects.requireNonNullElse(overload.routes(), Map.of())));
        if (!limits.equals(OverloadLimits.NONE)) {
            builder.plugin(new OverloadPlugin(limits));
        }
    }

    private static int orZero(@Nullable Integer limit) {
        return limit == null ? 0 : limit;
    }

    /** Adds what comes behind all other plugins. */
    void addLast(String peer, Settings settings, PeerBuilder builder) {
        HeartbeatPlugin heartbeat =
                PeerFactory.checked(peer, "heartbeat.ping-rate", () -> heartbeat(settings.heartbeat()));
        if (heartbeat != null) {
            builder.plugin(heartbeat);
        }
        String to = settings.proxy().to();
        if (to != null && !to.isBlank()) {
            PeerFactory.checked(peer, "proxy.to", () -> requireDialing(to));
            builder.plugin(ProxyPlugin.to(message -> teleport.get().sessionAsync(to)));
        }
    }

    private static @Nullable HeartbeatPlugin heartbeat(Heartbeat settings) {
        Duration rate = settings.pingRate();
        boolean pong = Boolean.TRUE.equals(settings.pong());
        if (rate == null) {
            return pong ? HeartbeatPlugin.pong() : null;
        }
        PingMode mode = Objects.requireNonNullElse(settings.pingMode(), PingMode.CALL);
        HeartbeatPlugin ping = HeartbeatPlugin.ping(rate, mode);
        return pong ? ping.andPong() : ping;
    }

    private String requireDialing(String to) {
        if (!dialing.contains(to)) {
            throw new IllegalArgumentException("Peer '" + to + "' keeps no connection to forward over (expected one of "
                    + dialing + ", or an address in teleport.peers." + to + ".dial)");
        }
        return to;
    }
}
