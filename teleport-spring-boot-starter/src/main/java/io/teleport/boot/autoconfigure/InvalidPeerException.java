package io.teleport.boot.autoconfigure;

/** A peer cannot be built from its properties and beans. The message says what was found and what was expected. */
final class InvalidPeerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String property;

    /** @param property the property to look at, or the prefix of all the peer's properties */
    InvalidPeerException(String peer, String property, String problem, Throwable cause) {
        super("Peer '" + peer + "' cannot be built: " + problem, cause);
        this.property = property;
    }

    String property() {
        return property;
    }
}
