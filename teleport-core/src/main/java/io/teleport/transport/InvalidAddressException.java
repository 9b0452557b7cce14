package io.teleport.transport;

/** An address cannot be read, names a network that is not there, or cannot be used on that network. */
public sealed class InvalidAddressException extends IllegalArgumentException permits MissingCertificateException {

    private static final long serialVersionUID = 1L;

    private final String address;

    public InvalidAddressException(String address, String problem) {
        super("Address '" + address + "' " + problem);
        this.address = address;
    }

    /** The address as it was given. */
    public String address() {
        return address;
    }
}
