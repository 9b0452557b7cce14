package io.teleport.boot.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.boot.autoconfigure.TeleportAutoConfiguration;
import io.teleport.boot.autoconfigure.actuate.TeleportEndpointAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TeleportEndpointAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(TeleportAutoConfiguration.class, TeleportEndpointAutoConfiguration.class));

    @Test
    void exposedEndpointsArePresent() {
        runner.withPropertyValues("management.endpoints.web.exposure.include=teleport,sockets")
                .run(context -> assertThat(context)
                        .hasSingleBean(TeleportEndpoint.class)
                        .hasSingleBean(SocketsEndpoint.class)
                        .hasSingleBean(SocketsWebExtension.class));
    }

    @Test
    void endpointsThatAreNotExposedAreAbsent() {
        runner.run(context -> assertThat(context)
                .doesNotHaveBean(TeleportEndpoint.class)
                .doesNotHaveBean(SocketsEndpoint.class)
                .doesNotHaveBean(SocketsWebExtension.class));
    }

    @Test
    void withoutActuatorThereAreNoEndpoints() {
        runner.withClassLoader(new FilteredClassLoader(Endpoint.class))
                .run(context ->
                        assertThat(context).hasNotFailed().doesNotHaveBean(TeleportEndpointAutoConfiguration.class));
    }
}
