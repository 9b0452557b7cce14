package io.teleport.transport;

import java.util.Collection;
import java.util.Map;

/** An address cannot be read, names a network that is not there, or cannot be used on that network. */
public sealed class InvalidAddressException extends IllegalArgumentException permits MissingCertificateException {

    private static final long serialVersionUID = 1L;

    private static final Map<String, String> ADVICE = Map.of(
            "ws", "; ws needs io.netty:netty-codec-http on the class path",
            "wss", "; wss needs io.netty:netty-codec-http on the class path");

    private final String address;

    public InvalidAddressException(String address, String problem) {
        super("Address '" + address + "' " + problem);
        this.address = address;
    }

    /**
     * Its network is not there.
     *
     * @param known the networks that are
     */
    public static InvalidAddressException unknownNetwork(String address, String network, Collection<String> known) {
        return new InvalidAddressException(
                address, "names network '" + network + "' (known: " + known + ADVICE.getOrDefault(network, "") + ")");
    }

    /** The address as it was given. */
    public String address() {
        return address;
    }
}
