package io.teleport.plugin.runlog;

import java.time.Duration;
import java.util.Set;

/**
 * What the run log shows. Immutable; each method gives changed options.
 *
 * @param countTime whether the cost is measured; if not it is shown as {@code (-)} and nothing is slow
 * @param slowThreshold a call or push that takes at least this long is slow and logged at WARN; zero for never
 * @param detail whether metadata and bodies are shown
 * @param secretMetadata metadata keys whose values are never shown, in any case of letters
 * @param secretRoutes service methods whose bodies are never shown, neither way
 */
public record RunLogOptions(
        boolean countTime,
        Duration slowThreshold,
        boolean detail,
        Set<String> secretMetadata,
        Set<String> secretRoutes) {

    /** The keys that are secret unless others are named. */
    public static final Set<String> SECRET_METADATA = Set.of(
            "Authorization",
            "Proxy-Authorization",
            "Cookie",
            "Set-Cookie",
            "X-Token",
            "X-Auth-Token",
            "X-Access-Token",
            "X-Api-Key",
            "Access-Token",
            "Token",
            "Password",
            "Secret");

    public RunLogOptions {
        if (slowThreshold.isNegative()) {
            throw new IllegalArgumentException(
                    "Option 'slowThreshold' is " + slowThreshold + " (expected zero, for never slow, or more)");
        }
        secretMetadata = Set.copyOf(secretMetadata);
        secretRoutes = Set.copyOf(secretRoutes);
    }

    /** As Go's: no time, nothing slow, no detail. */
    public static RunLogOptions defaults() {
        return new RunLogOptions(false, Duration.ZERO, false, SECRET_METADATA, Set.of());
    }

    public RunLogOptions countTime(boolean count) {
        return new RunLogOptions(count, slowThreshold, detail, secretMetadata, secretRoutes);
    }

    /**
     * From which cost on a call or push is slow, where the cost is measured.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public RunLogOptions slowThreshold(Duration threshold) {
        return new RunLogOptions(countTime, threshold, detail, secretMetadata, secretRoutes);
    }

    public RunLogOptions detail(boolean show) {
        return new RunLogOptions(countTime, slowThreshold, show, secretMetadata, secretRoutes);
    }

    public RunLogOptions secretMetadata(Set<String> keys) {
        return new RunLogOptions(countTime, slowThreshold, detail, keys, secretRoutes);
    }

    public RunLogOptions secretRoutes(Set<String> serviceMethods) {
        return new RunLogOptions(countTime, slowThreshold, detail, secretMetadata, serviceMethods);
    }
}
