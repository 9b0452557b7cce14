package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixContractTests {

    @TempDir
    static Path directory;

    @Nested
    class Calls extends CallContract {
        @Override
        String address() {
            return "unix://" + directory.resolve("contract.sock");
        }
    }

    @Nested
    class Handlers extends HandlerContract {
        @Override
        String address() {
            return "unix://" + directory.resolve("contract.sock");
        }
    }

    @Nested
    class Closing extends CloseContract {
        @Override
        String address() {
            return "unix://" + directory.resolve("contract.sock");
        }

        /** A client has no address here. */
        @Override
        @Test
        void bothEndsHaveTheClientsAddressAsId() {
            connect();
            server.router()
                    .call(
                            "/id",
                            void.class,
                            (context, nothing) -> context.session().id());
            String there = session.call("/id", null, String.class);
            String path = address().substring("unix://".length());
            assertThat(session.id()).isEqualTo(session.localAddress()).isEqualTo(path + "#" + session.socketId());
            assertThat(there).startsWith(path + "#").isEqualTo(serverSession().remoteAddress());
            assertThat(server.sessions().get(there)).isPresent();
        }
    }
}
