package io.teleport.boot.autoconfigure.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.teleport.boot.autoconfigure.TeleportAutoConfiguration;
import io.teleport.boot.client.PeerDirectory;
import io.teleport.boot.metrics.CallMetrics;
import io.teleport.boot.metrics.SocketMetrics;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the meters of sockets and calls. */
@AutoConfiguration(
        after = TeleportAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, PeerDirectory.class})
public final class TeleportMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CallMetrics teleportCallMetrics(MeterRegistry registry) {
        return new CallMetrics(registry);
    }

    @Bean
    @ConditionalOnMissingBean
    SocketMetrics teleportSocketMetrics(PeerDirectory teleport) {
        return new SocketMetrics(teleport);
    }
}
