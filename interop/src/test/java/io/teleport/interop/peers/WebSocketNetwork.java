package io.teleport.interop.peers;

import io.teleport.peer.PeerBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * WebSocket. Its protocols are called as those without, but are others.
 *
 * @param scheme {@code ws} or {@code wss}
 * @param below what carries it
 */
record WebSocketNetwork(String scheme, Network below) implements Network {

    private static final String PATH = "/door";

    @Override
    public List<String> goFlags(boolean server) {
        List<String> flags = new ArrayList<>(below.goFlags(server));
        flags.addAll(List.of("--path", PATH));
        return flags;
    }

    @Override
    public String goProtocol(String protocol) {
        return "ws-" + protocol;
    }

    @Override
    public String javaListen() {
        return javaDial("127.0.0.1:0");
    }

    @Override
    public String javaDial(String address) {
        return scheme + "://" + address + PATH;
    }

    @Override
    public void equip(PeerBuilder peer, boolean server) {
        below.equip(peer, server);
    }
}
