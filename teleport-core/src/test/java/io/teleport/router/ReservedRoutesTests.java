package io.teleport.router;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.peer.Peer;
import org.junit.jupiter.api.Test;

class ReservedRoutesTests {

    @Test
    void routesOfTheFrameworkCannotBeRegistered() {
        try (Peer peer = Peer.client()) {
            assertThatThrownBy(() -> peer.router().push("/teleport/goaway", void.class, (context, nothing) -> {}))
                    .isInstanceOf(RouteConflictException.class)
                    .hasMessage("PUSH route '/teleport/goaway' of io.teleport.router.ReservedRoutesTests (lambda) is "
                            + "reserved: names that begin with /teleport/ belong to the framework");
            assertThatThrownBy(() ->
                            peer.router().group("teleport").call("anything", void.class, (context, nothing) -> null))
                    .isInstanceOf(RouteConflictException.class);
            peer.router().call("/teleports", void.class, (context, nothing) -> null);
        }
    }
}
