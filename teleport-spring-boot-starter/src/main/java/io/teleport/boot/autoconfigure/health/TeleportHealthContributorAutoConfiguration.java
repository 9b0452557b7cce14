package io.teleport.boot.autoconfigure.health;

import io.teleport.boot.autoconfigure.TeleportAutoConfiguration;
import io.teleport.boot.client.PeerDirectory;
import io.teleport.boot.health.PeerHealthIndicator;
import io.teleport.peer.Peer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the health contributor {@code teleport}, with one entry for each peer. */
@AutoConfiguration(after = TeleportAutoConfiguration.class)
@ConditionalOnClass({HealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(PeerDirectory.class)
@ConditionalOnEnabledHealthIndicator("teleport")
public final class TeleportHealthContributorAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "teleportHealthContributor")
    CompositeHealthContributor teleportHealthContributor(PeerDirectory teleport) {
        Map<String, HealthContributor> peers = new LinkedHashMap<>();
        for (Peer peer : teleport.peers()) {
            peers.put(
                    peer.name(),
                    new PeerHealthIndicator(peer, teleport.remote(peer.name()).orElse(null)));
        }
        return CompositeHealthContributor.fromMap(peers);
    }
}
