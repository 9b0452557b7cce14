package io.teleport.transport;

/** An address cannot be read, or names a network that is not there. */
public final class InvalidAddressException extends IllegalArgumentException {

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
