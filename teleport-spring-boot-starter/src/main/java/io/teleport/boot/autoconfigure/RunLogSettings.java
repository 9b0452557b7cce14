package io.teleport.boot.autoconfigure;

import io.teleport.boot.autoconfigure.TeleportProperties.RunLog;
import io.teleport.peer.PeerBuilder;
import io.teleport.plugin.runlog.RunLogOptions;
import java.util.Set;
import org.springframework.boot.context.properties.PropertyMapper;

/** Adds the run log that a peer's settings want. */
final class RunLogSettings {

    private RunLogSettings() {}

    /** @throws IllegalArgumentException if a value cannot be used */
    static void apply(RunLog settings, PeerBuilder builder) {
        if (!Boolean.TRUE.equals(settings.enabled())) {
            return;
        }
        PropertyMapper map = PropertyMapper.get();
        RunLogOptions options = RunLogOptions.defaults();
        options = map.from(settings.countTime()).to(options, RunLogOptions::countTime);
        options = map.from(settings.slowThreshold()).to(options, RunLogOptions::slowThreshold);
        options = map.from(settings.detail()).to(options, RunLogOptions::detail);
        options = map.from(settings.secretMetadata()).as(Set::copyOf).to(options, RunLogOptions::secretMetadata);
        options = map.from(settings.secretRoutes()).as(Set::copyOf).to(options, RunLogOptions::secretRoutes);
        if (!options.slowThreshold().isZero() && !options.countTime()) {
            // Whoever says what is slow wants to know what it took.
            options = options.countTime(settings.countTime() == null);
        }
        builder.observer(new io.teleport.plugin.runlog.RunLog(options));
    }
}
