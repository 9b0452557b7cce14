package io.teleport.boot.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.boot.Teleport;
import io.teleport.boot.autoconfigure.TeleportAutoConfiguration;
import io.teleport.boot.autoconfigure.health.TeleportHealthContributorAutoConfiguration;
import io.teleport.message.StatusException;
import io.teleport.peer.PeerState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class PeerHealthIndicatorTests {

    private static final String ADDRESS = "local://peer-health-indicator-tests";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    TeleportAutoConfiguration.class, TeleportHealthContributorAutoConfiguration.class));

    private static Health health(ApplicationContext context, String peer) {
        CompositeHealthContributor teleport =
                context.getBean("teleportHealthContributor", CompositeHealthContributor.class);
        HealthIndicator indicator = (HealthIndicator) teleport.getContributor(peer);
        assertThat(indicator).isNotNull();
        return indicator.health();
    }

    @Test
    void aPeerThatListensAndOneThatIsConnectedAreUp() {
        runner.withPropertyValues("teleport.peers.server.listen=" + ADDRESS, "teleport.peers.client.dial=" + ADDRESS)
                .run(context -> {
                    // The reply, though it is a 404, tells that the server has its socket.
                    context.getBean(Teleport.class)
                            .session("client")
                            .request("/nowhere")
                            .call(null, void.class);

                    Health server = health(context, "server");
                    assertThat(server.getStatus()).isEqualTo(Status.UP);
                    assertThat(server.getDetails())
                            .containsEntry("state", PeerState.RUNNING)
                            .containsEntry("listening", List.of(ADDRESS))
                            .containsEntry("openSockets", 1);
                    Health client = health(context, "client");
                    assertThat(client.getStatus()).isEqualTo(Status.UP);
                    assertThat(client.getDetails()).containsEntry("connected", ADDRESS);
                });
    }

    @Test
    void aPeerWithoutItsConnectionIsDownAndSaysWhy() {
        runner.withPropertyValues(
                        "teleport.peers.client.dial=local://nobody", "teleport.peers.client.dial-timeout=100ms")
                .run(context -> {
                    assertThatThrownBy(() -> context.getBean(Teleport.class).session("client"))
                            .isInstanceOf(StatusException.class);

                    Health client = health(context, "client");
                    assertThat(client.getStatus()).isEqualTo(Status.DOWN);
                    assertThat(client.getDetails())
                            .containsEntry("connected", "none")
                            .hasEntrySatisfying(
                                    "lastError",
                                    error -> assertThat(error.toString()).contains("connection refused"));
                });
    }

    @Test
    void aPeerThatWasClosedIsDown() {
        runner.withPropertyValues("teleport.peers.server.listen=" + ADDRESS).run(context -> {
            context.getBean(Teleport.class).peer("server").close();

            assertThat(health(context, "server").getStatus()).isEqualTo(Status.DOWN);
        });
    }

    @Test
    void anApplicationWithoutPeersHasNoEntries() {
        runner.run(context -> assertThat(
                        context.getBean("teleportHealthContributor", CompositeHealthContributor.class).stream())
                .isEmpty());
    }

    @Test
    void healthCanBeSwitchedOff() {
        runner.withPropertyValues("management.health.teleport.enabled=false")
                .run(context -> assertThat(context.getBeansOfType(HealthContributor.class))
                        .isEmpty());
    }

    @Test
    void withoutHealthOnTheClassPathThereIsNone() {
        runner.withClassLoader(new FilteredClassLoader(HealthContributor.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(TeleportHealthContributorAutoConfiguration.class));
    }
}
