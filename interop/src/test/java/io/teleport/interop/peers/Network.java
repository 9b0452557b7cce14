package io.teleport.interop.peers;

import io.teleport.peer.Peer;
import io.teleport.peer.PeerBuilder;
import java.util.List;

/** What carries a protocol, and how each implementation is told to use it. */
interface Network {

    /** Flags of the Go peer. */
    List<String> goFlags(boolean server);

    /** What the Go peer calls a protocol over this. */
    default String goProtocol(String protocol) {
        return protocol;
    }

    /** What a Go peer is to listen on. */
    default String goListen() {
        return "127.0.0.1:0";
    }

    /** What a Java peer is to listen on. */
    String javaListen();

    /** Where it listens then, in Go's words. */
    default String address(Peer server) {
        return "127.0.0.1:" + server.port();
    }

    /** What a Java peer dials. */
    String javaDial(String address);

    /** Gives a Java peer what it needs to use it. */
    default void equip(PeerBuilder peer, boolean server) {}
}
