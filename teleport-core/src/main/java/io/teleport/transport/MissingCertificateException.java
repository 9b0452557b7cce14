package io.teleport.transport;

/** To listen on an address a certificate is needed, and there is none. */
public final class MissingCertificateException extends InvalidAddressException {

    private static final long serialVersionUID = 1L;

    public MissingCertificateException(String address) {
        super(address, "needs a certificate to show to those who connect (expected TLS options with keys)");
    }
}
