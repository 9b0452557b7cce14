package io.teleport.socket;

/** Whoever waits for a socket. Called on the socket's event loop; exactly one of the two is called, once. */
@FunctionalInterface
public interface SocketOpening {

    /** The connection is made and its handshake done. Nothing is handed over before {@link GuardedSocket#start}. */
    void opened(GuardedSocket socket);

    /** The connection ended before its handshake was done. */
    default void failed(GuardedSocket socket, CloseCause cause) {}
}
