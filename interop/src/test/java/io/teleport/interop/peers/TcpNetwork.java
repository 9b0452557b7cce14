package io.teleport.interop.peers;

import java.util.List;

/** TCP, as it is. */
final class TcpNetwork implements Network {

    @Override
    public List<String> goFlags(boolean server) {
        return List.of("--network", "tcp");
    }

    @Override
    public String javaListen() {
        return "tcp://127.0.0.1:0";
    }

    @Override
    public String javaDial(String address) {
        return "tcp://" + address;
    }
}
