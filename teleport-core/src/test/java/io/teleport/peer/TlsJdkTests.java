package io.teleport.peer;

import io.netty.handler.ssl.SslProvider;

/** TLS by the JDK. */
class TlsJdkTests extends TlsContract {

    @Override
    SslProvider provider() {
        return SslProvider.JDK;
    }
}
