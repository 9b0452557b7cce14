package io.teleport.interop;

import io.teleport.interop.peers.ClientSide;
import io.teleport.interop.peers.GoServer;
import io.teleport.interop.peers.JavaClient;
import io.teleport.interop.peers.ServerSide;
import io.teleport.interop.peers.Wire;

@NeedsGo
class JavaToGoIT extends Pairing {

    JavaToGoIT() {
        super("Java -> Go");
    }

    @Override
    ServerSide startServer(Wire over) {
        return new GoServer(over);
    }

    @Override
    ClientSide connect(Wire over, String address) {
        return new JavaClient(over, address);
    }
}
