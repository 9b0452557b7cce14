package io.teleport.boot.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.boot.Teleport;
import io.teleport.boot.autoconfigure.TeleportAutoConfiguration;
import io.teleport.boot.handler.CallMapping;
import io.teleport.peer.Peer;
import io.teleport.session.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class PooledPeerTests {

    private static final String ADDRESS = "local://pooled-peer-tests";

    private final Peer server = Peer.builder().listen(ADDRESS).build();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TeleportAutoConfiguration.class))
            .withPropertyValues("teleport.peers.orders.dial=" + ADDRESS);

    @AfterEach
    void close() {
        server.close();
    }

    @TeleportClient(peer = "orders")
    interface Orders {
        @CallMapping("/wait")
        CompletableFuture<String> await();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTeleportClients(clients = Orders.class)
    static class WithClient {}

    @Test
    void aClientOfAPeerWithAPoolUsesSeveralSessions() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Set<Session> used = new HashSet<>();
        server.router().call("/wait", void.class, (context, nothing) -> {
            synchronized (used) {
                used.add(context.session());
            }
            return answer;
        });
        server.start();
        runner.withUserConfiguration(WithClient.class)
                .withPropertyValues(
                        "teleport.peers.orders.pool.max-sessions=2", "teleport.peers.orders.pool.busy-calls=1")
                .run(context -> {
                    Orders orders = context.getBean(Orders.class);
                    Teleport teleport = context.getBean(Teleport.class);
                    List<CompletableFuture<String>> calls = new ArrayList<>();
                    for (int i = 0; i < 4; i++) {
                        // Each call is under way before the next one chooses.
                        teleport.session("orders");
                        calls.add(orders.await());
                    }
                    answer.complete("done");
                    for (CompletableFuture<String> call : calls) {
                        assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo("done");
                    }
                });
        assertThat(used).hasSize(2);
    }

    @Test
    void withoutAPoolThereIsOneSession() {
        server.start();
        runner.run(context -> {
            Teleport teleport = context.getBean(Teleport.class);
            assertThat(teleport.session("orders")).isSameAs(teleport.session("orders"));
        });
    }

    @Test
    void aPoolThatCannotBeIsRefusedWithItsKey() {
        runner.withPropertyValues("teleport.peers.orders.pool.idle-time=0s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("Peer 'orders' cannot be built: "
                                + "Option 'idleTime' is PT0S (expected more than zero)"));
    }
}
