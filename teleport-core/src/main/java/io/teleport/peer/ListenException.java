package io.teleport.peer;

import org.jspecify.annotations.Nullable;

/** A peer cannot listen on one of its addresses, most often because another process does. */
public final class ListenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String address;

    ListenException(String peer, String address, @Nullable Throwable cause) {
        super(
                "Peer '" + peer + "' cannot listen on " + address + (cause == null ? "" : ": " + cause.getMessage()),
                cause);
        this.address = address;
    }

    /** The address as configured. */
    public String address() {
        return address;
    }
}
