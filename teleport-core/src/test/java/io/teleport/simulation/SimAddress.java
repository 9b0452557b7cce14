package io.teleport.simulation;

import java.net.SocketAddress;

/** An end of a connection. */
final class SimAddress extends SocketAddress {

    private static final long serialVersionUID = 1L;

    private final String name;

    SimAddress(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return name;
    }
}
