package io.teleport.peer;

import io.netty.handler.ssl.SslProvider;
import io.teleport.transport.tls.TlsOptions;
import org.junit.jupiter.api.Nested;

/** TLS by the JDK, as where the native library is absent. */
class TlsJdkContractTests {

    private static final TlsOptions TLS =
            LocalTls.options().provider(SslProvider.JDK).build();

    @Nested
    class Calls extends CallContract {
        @Override
        String address() {
            return "tls://127.0.0.1:0";
        }

        @Override
        PeerBuilder network(PeerBuilder options) {
            return options.tls(TLS);
        }
    }

    @Nested
    class Handlers extends HandlerContract {
        @Override
        String address() {
            return "tls://127.0.0.1:0";
        }

        @Override
        PeerBuilder network(PeerBuilder options) {
            return options.tls(TLS);
        }
    }

    @Nested
    class Closing extends CloseContract {
        @Override
        String address() {
            return "tls://127.0.0.1:0";
        }

        @Override
        PeerBuilder network(PeerBuilder options) {
            return options.tls(TLS);
        }
    }
}
