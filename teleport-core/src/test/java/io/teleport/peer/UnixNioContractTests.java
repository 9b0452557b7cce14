package io.teleport.peer;

import io.teleport.transport.IoKind;
import io.teleport.transport.unix.UnixTransport;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** As where the native library is absent. */
class UnixNioContractTests {

    @TempDir
    static Path directory;

    @Nested
    class Calls extends CallContract {
        @Override
        String address() {
            return "unix://" + directory.resolve("contract.sock");
        }

        @Override
        PeerBuilder network(PeerBuilder options) {
            return options.register(new UnixTransport(IoKind.NIO));
        }
    }

    @Nested
    class Handlers extends HandlerContract {
        @Override
        String address() {
            return "unix://" + directory.resolve("contract.sock");
        }

        @Override
        PeerBuilder network(PeerBuilder options) {
            return options.register(new UnixTransport(IoKind.NIO));
        }
    }

    @Nested
    class Closing extends UnixCloseContract {
        @Override
        String address() {
            return "unix://" + directory.resolve("contract.sock");
        }

        @Override
        PeerBuilder network(PeerBuilder options) {
            return options.register(new UnixTransport(IoKind.NIO));
        }
    }
}
