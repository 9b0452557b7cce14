package io.teleport.interop;

import io.teleport.interop.matrix.Column;
import io.teleport.interop.matrix.InMatrix;
import io.teleport.interop.peers.ClientSide;
import io.teleport.interop.peers.ServerSide;
import io.teleport.interop.peers.Wire;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A client and a server, new for each case, over each wire; with all cases. */
@InMatrix
@ParameterizedClass(name = "{0}")
@MethodSource("io.teleport.interop.peers.Wire#all")
abstract class Pairing
        implements Column, CallCases, BodyCases, MetadataCases, ServerInitiatedCases, ClosingCases, ResetCases {

    private final String name;

    @Parameter
    Wire wire;

    private @Nullable ServerSide server;

    private @Nullable ClientSide client;

    Pairing(String name) {
        this.name = name;
    }

    abstract ServerSide startServer(Wire over);

    abstract ClientSide connect(Wire over, String address);

    @BeforeEach
    void connectPair(TestInfo test) {
        if (wire.protocol().equals("http")) {
            GoHttp.assumeCarries(test);
        }
        if (wire.protocol().startsWith("thrift") && name.contains("Go")) {
            GoThrift.assumeCarries(test);
        }
        server = startServer(wire);
        client = connect(wire, server.address());
    }

    @AfterEach
    void closePair() {
        try {
            if (client != null) {
                client.close();
            }
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }

    @Override
    public Wire wire() {
        return wire;
    }

    @Override
    public ClientSide client() {
        return client;
    }

    @Override
    public ServerSide server() {
        return server;
    }

    @Override
    public String column() {
        return name + " " + wire;
    }
}
