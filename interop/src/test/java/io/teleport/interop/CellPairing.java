package io.teleport.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.teleport.interop.cells.Cell;
import io.teleport.interop.cells.CellReporter;
import io.teleport.interop.cells.CellRun;
import io.teleport.interop.cells.CellWires;
import io.teleport.interop.cells.Direction;
import io.teleport.interop.cells.GoLimits;
import io.teleport.interop.peers.ClientSide;
import io.teleport.interop.peers.GoClient;
import io.teleport.interop.peers.GoServer;
import io.teleport.interop.peers.JavaClient;
import io.teleport.interop.peers.JavaServer;
import io.teleport.interop.peers.ServerSide;
import io.teleport.interop.peers.Wire;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All cells over each wire, with one server and one client for the cells of a wire. Tagged since one JDK is enough for them. */
@NeedsGo
@Tag("cells")
@ExtendWith(CellReporter.class)
@ParameterizedClass(name = "{0}")
@MethodSource("io.teleport.interop.cells.CellWires#all")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CellPairing implements CellReporter.Tried {

    private final Direction direction;

    @Parameter
    Wire wire;

    private @Nullable ServerSide server;

    private @Nullable ClientSide client;

    private @Nullable Cell tried;

    CellPairing(Direction direction) {
        this.direction = direction;
    }

    @BeforeParameterizedClassInvocation
    void startServer(Wire over) {
        server = direction.toGo() ? new GoServer(over) : new JavaServer(over);
    }

    @AfterParameterizedClassInvocation
    void close() {
        try {
            closeClient();
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }

    List<Cell> cells() {
        return CellWires.cells(wire);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void comesToWhatGoCanDo(Cell cell) {
        tried = cell;
        assumeTrue(GoLimits.isTried(direction, cell), () -> GoLimits.verdict(direction, cell));
        String verdict = "a test that failed";
        try {
            verdict = new CellRun(direction, client(), server).verdict(cell);
            assertThat(verdict).startsWith(GoLimits.verdict(direction, cell));
        } finally {
            if (!verdict.equals(GoLimits.OK)) {
                closeClient(); // what went wrong may have harmed the session
            }
        }
    }

    private ClientSide client() {
        ClientSide present = client;
        if (present == null) {
            String address = server.address();
            present = direction.fromGo() ? new GoClient(wire, address) : new JavaClient(wire, address);
            client = present;
        }
        return present;
    }

    private void closeClient() {
        ClientSide present = client;
        client = null;
        if (present != null) {
            present.close();
        }
    }

    @Override
    public Direction direction() {
        return direction;
    }

    @Override
    public Cell cell() {
        return tried;
    }
}
