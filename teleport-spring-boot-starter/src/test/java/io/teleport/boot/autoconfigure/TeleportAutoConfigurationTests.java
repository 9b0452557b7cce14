package io.teleport.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.boot.PeerCustomizer;
import io.teleport.boot.Teleport;
import io.teleport.boot.handler.CallMapping;
import io.teleport.boot.handler.TeleportController;
import io.teleport.peer.Peer;
import io.teleport.peer.PeerState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TeleportAutoConfigurationTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TeleportAutoConfiguration.class));

    @Test
    void withoutPropertiesAndControllersThereIsNoPeer() {
        runner.run(
                context -> assertThat(context.getBean(Teleport.class).peers()).isEmpty());
    }

    @Test
    void withoutPropertiesControllersGetAPeerThatListens() {
        runner.withBean(MathController.class)
                .withPropertyValues("teleport.defaults.listen=tcp://127.0.0.1:0")
                .run(context -> {
                    Teleport teleport = context.getBean(Teleport.class);
                    assertThat(teleport.peers()).singleElement().satisfies(peer -> {
                        assertThat(peer.name()).isEqualTo("default");
                        assertThat(peer.port()).isPositive();
                    });
                });
    }

    @Test
    void thePeerNobodyConfiguredListensOnPort9090() {
        List<String> listen = new ArrayList<>();
        PeerCustomizer notToBeStarted = (name, builder) -> {
            listen.addAll(builder.options().listen());
            throw new IllegalStateException("seen");
        };
        runner.withBean(MathController.class)
                .withBean(PeerCustomizer.class, () -> notToBeStarted)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessage("seen"));
        assertThat(listen).containsExactly("tcp://0.0.0.0:9090");
    }

    @Test
    void switchedOffThereIsNothing() {
        runner.withPropertyValues("teleport.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(Teleport.class));
    }

    @Test
    void aCallWalksFromADialingPeerToAController() {
        AtomicReference<Peer> stopped = new AtomicReference<>();
        runner.withBean(MathController.class)
                .withPropertyValues(
                        "teleport.peers.server.listen=local://auto-configuration-tests",
                        "teleport.peers.client.dial=local://auto-configuration-tests")
                .run(context -> {
                    Teleport teleport = context.getBean(Teleport.class);
                    stopped.set(teleport.peer("server"));
                    int sum = teleport.session("client").call("/math/add", new int[] {1, 2, 3}, int.class);
                    assertThat(sum).isEqualTo(6);
                });
        assertThat(stopped.get().state()).isEqualTo(PeerState.CLOSED);
    }

    @TeleportController("math")
    static class MathController {
        @CallMapping
        int add(int[] numbers) {
            return IntStream.of(numbers).sum();
        }
    }
}
