package io.teleport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketRegistryTests {

    @Test
    void aSocketGoesFromTheOpenToTheClosedOnes() {
        SocketRegistry registry = new SocketRegistry(10);
        EmbeddedSocket end = new EmbeddedSocket(registry, 1_000);
        String id = end.socket.id();
        assertThat(registry.open()).extracting(SocketSnapshot::id).containsExactly(id);
        assertThat(registry.get(id)).containsSame(end.socket);
        assertThat(registry.closed()).isEmpty();

        end.close();
        assertThat(registry.open()).isEmpty();
        assertThat(registry.get(id)).isEmpty();
        assertThat(registry.closed()).extracting(SocketSnapshot::id).containsExactly(id);
        assertThat(registry.find(id)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 256})
    void onlyTheLatestClosedSocketsAreRemembered(int limit) {
        SocketRegistry registry = new SocketRegistry(limit);
        String last = "";
        for (int i = 0; i < 300; i++) {
            EmbeddedSocket end = new EmbeddedSocket(registry, 1_000);
            last = end.socket.id();
            end.close();
        }
        assertThat(registry.closed()).hasSize(limit);
        if (limit > 0) {
            assertThat(registry.closed().get(0).id()).isEqualTo(last);
        }
        assertThat(registry.find("nobody's")).isEmpty();
        assertThat(registry.totals().closed()).isEqualTo(Map.of(CloseReason.REMOTE, 300L));
    }

    @Test
    void totalsCoverOpenAndForgottenSockets() {
        SocketRegistry registry = new SocketRegistry(0);
        try (EmbeddedSocket stays = new EmbeddedSocket(registry, 1_000)) {
            EmbeddedSocket goes = new EmbeddedSocket(registry, 1_000);
            for (EmbeddedSocket end : new EmbeddedSocket[] {stays, goes}) {
                end.receive(EmbeddedSocket.frame());
                end.write(10, null);
                end.run();
            }
            goes.close();
            assertThat(registry.totals())
                    .isEqualTo(new SocketTotals(1, Map.of(CloseReason.REMOTE, 1L), 2, 32, 2, 64, 0));
        }
    }
}
