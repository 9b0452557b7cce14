package io.teleport.interop;

import io.teleport.interop.peers.ClientSide;
import io.teleport.interop.peers.GoClient;
import io.teleport.interop.peers.JavaServer;
import io.teleport.interop.peers.ServerSide;
import io.teleport.interop.peers.Wire;

@NeedsGo
class GoToJavaIT extends Pairing {

    GoToJavaIT() {
        super("Go -> Java");
    }

    @Override
    ServerSide startServer(Wire over) {
        return new JavaServer(over);
    }

    @Override
    ClientSide connect(Wire over, String address) {
        return new GoClient(over, address);
    }
}
