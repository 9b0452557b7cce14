package io.teleport.boot.autoconfigure.actuate;

import io.teleport.boot.actuate.SecretProperties;
import io.teleport.boot.actuate.SocketsEndpoint;
import io.teleport.boot.actuate.SocketsWebExtension;
import io.teleport.boot.actuate.TeleportEndpoint;
import io.teleport.boot.autoconfigure.TeleportAutoConfiguration;
import io.teleport.boot.client.PeerDirectory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the endpoints {@code teleport} and {@code sockets}, and of what hides secrets from those of Boot. */
@AutoConfiguration(after = TeleportAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(PeerDirectory.class)
public final class TeleportEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    SecretProperties teleportSecretProperties() {
        return new SecretProperties();
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    TeleportEndpoint teleportEndpoint(PeerDirectory teleport) {
        return new TeleportEndpoint(teleport);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    SocketsEndpoint socketsEndpoint(PeerDirectory teleport) {
        return new SocketsEndpoint(teleport);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(SocketsEndpoint.class)
    SocketsWebExtension socketsWebExtension(SocketsEndpoint endpoint) {
        return new SocketsWebExtension(endpoint);
    }
}
