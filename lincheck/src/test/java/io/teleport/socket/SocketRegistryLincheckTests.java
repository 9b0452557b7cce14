package io.teleport.socket;

import io.teleport.lincheck.ModelChecking;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** The registry of sockets: from the moment it is open, a socket is among the open ones or among the remembered ones, and never in both. */
@Param(name = "socket", gen = IntGen.class, conf = "0:1")
public class SocketRegistryLincheckTests {

    private static final int SOCKETS = 2;

    private final SocketRegistry registry = new SocketRegistry(1);

    private final GuardedSocket[] sockets = new GuardedSocket[SOCKETS];

    public SocketRegistryLincheckTests() {
        for (int socket = 0; socket < SOCKETS; socket++) {
            sockets[socket] = new ModelConnection(registry, 1_000, OutboundPolicy.REFUSE).socket;
            // Which stage it is in is no matter of the registry; one without a cause is not closed.
            sockets[socket].abort(CloseReason.LOCAL, "");
        }
    }

    @Operation(runOnce = true)
    public void firstOpened() {
        registry.opened(sockets[0]);
    }

    @Operation(runOnce = true)
    public void secondOpened() {
        registry.opened(sockets[1]);
    }

    @Operation
    public void closed(@Param(name = "socket") int socket) {
        registry.closed(sockets[socket]);
    }

    @Operation
    public boolean isOpen(@Param(name = "socket") int socket) {
        return registry.get(sockets[socket].id()).isPresent();
    }

    @Operation
    public boolean isKnown(@Param(name = "socket") int socket) {
        return registry.find(sockets[socket].id()).isPresent();
    }

    @Operation
    public List<Integer> remembered() {
        return registry.closed().stream()
                .map(snapshot -> snapshot.id().equals(sockets[0].id()) ? 0 : 1)
                .toList();
    }

    /** How many were closed, and how many are open. */
    @Operation
    public String totals() {
        SocketTotals totals = registry.totals();
        return totals.open() + " " + totals.closed();
    }

    @Test
    void behavesAsIfOneChangeCameAfterAnother() {
        ModelChecking.checkWhole(SocketRegistryLincheckTests.class, TwoLists.class);
    }

    /** Without threads in mind. */
    public static final class TwoLists {

        private final Set<Integer> open = new HashSet<>();

        private final List<Integer> closed = new ArrayList<>();

        private int closedEver;

        public void firstOpened() {
            open.add(0);
        }

        public void secondOpened() {
            open.add(1);
        }

        public void closed(int socket) {
            if (open.remove(socket)) {
                closed.clear();
                closed.add(socket);
                closedEver++;
            }
        }

        public boolean isOpen(int socket) {
            return open.contains(socket);
        }

        public boolean isKnown(int socket) {
            return open.contains(socket) || closed.contains(socket);
        }

        public List<Integer> remembered() {
            return List.copyOf(closed);
        }

        public String totals() {
            return open.size() + " " + (closedEver == 0 ? "{}" : "{LOCAL=" + closedEver + "}");
        }
    }
}
