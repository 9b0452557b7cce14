package io.teleport.peer;

import io.teleport.transport.IoKind;
import io.teleport.transport.tcp.TcpTransport;
import org.junit.jupiter.api.Nested;

/** As where the native library is absent. */
class TcpNioContractTests {

    @Nested
    class Calls extends CallContract {
        @Override
        String address() {
            return "tcp://127.0.0.1:0";
        }

        @Override
        PeerBuilder network(PeerBuilder options) {
            return options.register(new TcpTransport(IoKind.NIO));
        }
    }

    @Nested
    class Handlers extends HandlerContract {
        @Override
        String address() {
            return "tcp://127.0.0.1:0";
        }

        @Override
        PeerBuilder network(PeerBuilder options) {
            return options.register(new TcpTransport(IoKind.NIO));
        }
    }

    @Nested
    class Closing extends CloseContract {
        @Override
        String address() {
            return "tcp://127.0.0.1:0";
        }

        @Override
        PeerBuilder network(PeerBuilder options) {
            return options.register(new TcpTransport(IoKind.NIO));
        }
    }
}
