package io.teleport.peer;

import io.teleport.transport.tls.TlsOptions;
import org.junit.jupiter.api.Nested;

class WebSocketContractTests {

    private static final String ADDRESS = "ws://127.0.0.1:0/teleport";

    private static final String SECURE_ADDRESS = "wss://127.0.0.1:0/teleport";

    private static final TlsOptions TLS = LocalTls.options().build();

    @Nested
    class Calls extends CallContract {
        @Override
        String address() {
            return ADDRESS;
        }
    }

    @Nested
    class CallsInJson extends CallContract {
        @Override
        String address() {
            return ADDRESS;
        }

        @Override
        String protocol() {
            return "json";
        }
    }

    @Nested
    class CallsInProtobuf extends CallContract {
        @Override
        String address() {
            return ADDRESS;
        }

        @Override
        String protocol() {
            return "protobuf";
        }
    }

    @Nested
    class Handlers extends HandlerContract {
        @Override
        String address() {
            return ADDRESS;
        }
    }

    @Nested
    class Closing extends CloseContract {
        @Override
        String address() {
            return ADDRESS;
        }

        @Override
        String protocol() {
            return "json";
        }
    }

    /** Over TLS. */
    @Nested
    class SecureCalls extends CallContract {
        @Override
        String address() {
            return SECURE_ADDRESS;
        }

        @Override
        PeerBuilder network(PeerBuilder options) {
            return options.tls(TLS);
        }
    }

    /** Over TLS. */
    @Nested
    class SecureClosing extends CloseContract {
        @Override
        String address() {
            return SECURE_ADDRESS;
        }

        @Override
        PeerBuilder network(PeerBuilder options) {
            return options.tls(TLS);
        }
    }
}
