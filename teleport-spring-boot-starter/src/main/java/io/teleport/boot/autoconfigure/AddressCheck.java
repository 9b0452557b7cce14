package io.teleport.boot.autoconfigure;

import io.teleport.transport.InvalidAddressException;
import io.teleport.transport.Transport;
import io.teleport.transport.TransportAddress;
import java.util.List;

/** Checks addresses at start-up, before the first of them is used. */
final class AddressCheck {

    private final List<Transport> transports;

    AddressCheck(List<Transport> transports) {
        this.transports = transports;
    }

    /** @throws InvalidAddressException if nobody can listen there */
    void checkListen(String text) {
        TransportAddress address = TransportAddress.parse(text);
        transport(text, address).listenAddress(address);
    }

    /** @throws InvalidAddressException if nobody can dial that */
    void checkDial(String text) {
        TransportAddress address = TransportAddress.parse(text);
        transport(text, address).dialAddress(address);
    }

    private Transport transport(String text, TransportAddress address) {
        return transports.stream()
                .filter(known -> known.scheme().equals(address.scheme()))
                .findFirst()
                .orElseThrow(() -> InvalidAddressException.unknownNetwork(
                        text,
                        address.scheme(),
                        transports.stream().map(Transport::scheme).toList()));
    }
}
