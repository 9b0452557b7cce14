package io.teleport.boot.autoconfigure;

import io.teleport.boot.autoconfigure.TeleportProperties.Pool;
import io.teleport.boot.autoconfigure.TeleportProperties.Settings;
import io.teleport.peer.PoolOptions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The limits of a pool of sessions, of settings. */
final class PeerPools {

    private PeerPools() {}

    /**
     * Null if there is to be one session.
     *
     * @throws InvalidPeerException if there cannot be such a pool
     */
    static @Nullable PoolOptions of(String name, Settings settings) {
        Pool pool = settings.pool();
        if (!pool.isSet() || PeerFactory.dial(settings).isEmpty()) {
            return null;
        }
        PoolOptions standard = PoolOptions.defaults();
        try {
            return new PoolOptions(
                    Objects.requireNonNullElse(pool.maxSessions(), standard.maxSessions()),
                    Objects.requireNonNullElse(pool.idleTime(), standard.idleTime()),
                    Objects.requireNonNullElse(pool.busyCalls(), standard.busyCalls()));
        } catch (IllegalArgumentException e) {
            throw new InvalidPeerException(name, "teleport.peers." + name + ".pool", String.valueOf(e.getMessage()), e);
        }
    }
}
