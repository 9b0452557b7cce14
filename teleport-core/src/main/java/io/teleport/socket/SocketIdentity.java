package io.teleport.socket;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What stays the same over the life of a socket.
 *
 * @param peer name of the peer
 * @param network scheme of the address
 * @param protocol name of the protocol
 */
record SocketIdentity(String peer, SocketRole role, String network, String protocol) {

    private static final AtomicLong IDS = new AtomicLong();

    static String nextId() {
        return Long.toString(IDS.incrementAndGet());
    }
}
