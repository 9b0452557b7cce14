package io.teleport.interop;

import io.teleport.interop.peers.ClientSide;
import io.teleport.interop.peers.JavaClient;
import io.teleport.interop.peers.JavaServer;
import io.teleport.interop.peers.ServerSide;
import io.teleport.interop.peers.Wire;

class JavaToJavaIT extends Pairing {

    JavaToJavaIT() {
        super("Java -> Java");
    }

    @Override
    ServerSide startServer(Wire over) {
        return new JavaServer(over);
    }

    @Override
    ClientSide connect(Wire over, String address) {
        return new JavaClient(over, address);
    }
}
