package io.teleport.peer;

import io.netty.handler.ssl.SslProvider;

/** TLS by OpenSSL. */
class TlsOpenSslTests extends TlsContract {

    @Override
    SslProvider provider() {
        return SslProvider.OPENSSL;
    }
}
