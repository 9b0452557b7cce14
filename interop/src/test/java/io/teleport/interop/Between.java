package io.teleport.interop;

import io.teleport.interop.peers.ClientSide;
import io.teleport.interop.peers.Equipment;
import io.teleport.interop.peers.GoClient;
import io.teleport.interop.peers.GoServer;
import io.teleport.interop.peers.JavaClient;
import io.teleport.interop.peers.JavaServer;
import io.teleport.interop.peers.ServerSide;
import io.teleport.interop.peers.Wire;
import io.teleport.message.Status;

/** Who dials whom. Go with itself shows that the tests expect of Java what Go does. */
enum Between {
    GO_TO_GO(true, true),
    GO_TO_JAVA(true, false),
    JAVA_TO_GO(false, true),
    JAVA_TO_JAVA(false, false);

    private final boolean goClient;

    private final boolean goServer;

    Between(boolean goClient, boolean goServer) {
        this.goClient = goClient;
        this.goServer = goServer;
    }

    boolean goClient() {
        return goClient;
    }

    boolean goServer() {
        return goServer;
    }

    /** @param address {@code host:port}; port 0 for any */
    ServerSide serve(Wire wire, String address, Equipment equipment) {
        return goServer ? new GoServer(wire, address, equipment) : new JavaServer(wire, "tcp://" + address, equipment);
    }

    ClientSide connect(Wire wire, String address, Equipment equipment) {
        return goClient ? new GoClient(wire, address, equipment) : new JavaClient(wire, address, equipment);
    }

    Status refusal(Wire wire, String address, Equipment equipment) {
        return goClient ? GoClient.refusal(wire, address, equipment) : JavaClient.refusal(wire, address, equipment);
    }

    @Override
    public String toString() {
        return (goClient ? "Go" : "Java") + " -> " + (goServer ? "Go" : "Java");
    }
}
