package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** As everywhere, but for the ids. */
abstract class UnixCloseContract extends CloseContract {

    /** A client has no address here. */
    @Override
    @Test
    void bothEndsHaveTheClientsAddressAsId() {
        connect();
        server.router()
                .call("/id", void.class, (context, nothing) -> context.session().id());
        String there = session.call("/id", null, String.class);
        String path = address().substring("unix://".length());
        assertThat(session.id()).isEqualTo(session.localAddress()).isEqualTo(path + "#" + session.socketId());
        assertThat(there).startsWith(path + "#").isEqualTo(serverSession().remoteAddress());
        assertThat(server.sessions().get(there)).isPresent();
    }
}
