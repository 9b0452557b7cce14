package io.teleport.interop.peers;

import io.teleport.peer.Peer;
import io.teleport.peer.PeerBuilder;
import io.teleport.plugin.proxy.ProxyPlugin;
import io.teleport.session.Session;

/** A Java peer without routes that forwards everything to a backend. */
public final class JavaProxy implements AutoCloseable {

    private final Peer toBackend;

    private final Peer peer;

    private final String address;

    /** @param backend {@code host:port} */
    public JavaProxy(Wire wire, String backend) {
        toBackend = builder("to-backend", wire).build();
        Session session = toBackend.dial("tcp://" + backend);
        peer = builder("proxy", wire)
                .listen("tcp://127.0.0.1:0")
                .plugin(ProxyPlugin.toSession(() -> session))
                .build();
        peer.start();
        address = "127.0.0.1:" + peer.port();
    }

    private static PeerBuilder builder(String name, Wire wire) {
        return Peer.builder().name(name).protocol(wire.protocol()).bodyCodec(wire.codec());
    }

    public String address() {
        return address;
    }

    @Override
    public void close() {
        peer.close();
        toBackend.close();
    }
}
