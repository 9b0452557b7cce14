package io.teleport.boot.autoconfigure;

import io.teleport.boot.DialCustomizer;
import io.teleport.boot.autoconfigure.TeleportProperties.Redial;
import io.teleport.boot.autoconfigure.TeleportProperties.Settings;
import io.teleport.peer.DialOptions;
import io.teleport.session.RedialDelay;
import io.teleport.session.RedialPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a peer dials, of its settings. */
final class PeerDialing {

    private PeerDialing() {}

    /** Empty if it dials nothing by itself. */
    static Optional<DialOptions> of(String name, Settings settings, List<DialCustomizer> customizers) {
        List<String> addresses = PeerFactory.dial(settings);
        if (addresses.isEmpty()) {
            return Optional.empty();
        }
        DialOptions options;
        try {
            options = options(addresses, settings.redial());
        } catch (IllegalArgumentException e) {
            throw new InvalidPeerException(
                    name, "teleport.peers." + name + ".redial", String.valueOf(e.getMessage()), e);
        }
        for (DialCustomizer customizer : customizers) {
            options = customizer.customize(name, options);
        }
        return Optional.of(options);
    }

    private static DialOptions options(List<String> addresses, Redial settings) {
        RedialPolicy policy = RedialPolicy.standard().withDelay(delay(settings));
        if (settings.rounds() != null) {
            policy = policy.withRounds(settings.rounds());
        }
        if (settings.whileRedialing() != null) {
            policy = policy.whileRedialing(settings.whileRedialing());
        }
        DialOptions options = DialOptions.to(addresses).redial(policy);
        if (settings.asideTime() != null) {
            options = options.asideFor(settings.asideTime());
        }
        return Boolean.TRUE.equals(settings.randomOrder()) ? options.inRandomOrder() : options;
    }

    private static RedialDelay delay(Redial settings) {
        Duration interval = settings.interval();
        if (interval == null) {
            return RedialDelay.exponential(
                    Objects.requireNonNullElse(settings.firstDelay(), RedialPolicy.FIRST_DELAY),
                    Objects.requireNonNullElse(settings.longestDelay(), RedialPolicy.LONGEST_DELAY));
        }
        if (settings.firstDelay() != null || settings.longestDelay() != null) {
            throw new IllegalArgumentException("Interval " + interval
                    + " is the same each time, but a first or longest delay is set too (expected one or the other)");
        }
        return RedialDelay.fixed(interval);
    }
}
