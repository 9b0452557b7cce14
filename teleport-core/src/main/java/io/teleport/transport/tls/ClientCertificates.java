package io.teleport.transport.tls;

import io.netty.handler.ssl.ClientAuth;

/** Whether a side that accepts connections wants to know who connects. */
public enum ClientCertificates {
    /** Not asked for. */
    NONE(ClientAuth.NONE),
    /** Asked for, and checked if there is one; a client without is let in. */
    WANT(ClientAuth.OPTIONAL),
    /** A client without a certificate that is trusted is refused. */
    NEED(ClientAuth.REQUIRE);

    private final ClientAuth mode;

    ClientCertificates(ClientAuth mode) {
        this.mode = mode;
    }

    ClientAuth mode() {
        return mode;
    }
}
