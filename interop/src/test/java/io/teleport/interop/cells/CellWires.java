package io.teleport.interop.cells;

import io.teleport.interop.bodies.BodyForm;
import io.teleport.interop.peers.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What the table has: every wire, and the cells of each. */
public final class CellWires {

    private CellWires() {}

    /** Each is dialed once for all its cells. */
    public static Stream<Wire> all() {
        return Stream.of("raw", "json", "protobuf").map(protocol -> new Wire("tcp", protocol, "json"));
    }

    /** All cells of a wire, in the order of the table. */
    public static List<Cell> cells(Wire wire) {
        List<Cell> cells = new ArrayList<>();
        for (BodyForm<?> form : BodyForm.ALL) {
            for (Filters filters : filters(wire)) {
                Arrays.stream(Kind.values()).forEach(kind -> cells.add(new Cell(wire, form, filters, kind)));
            }
        }
        return cells;
    }

    /** Filters work on messages, whatever carries these. */
    private static List<Filters> filters(Wire wire) {
        return wire.network().equals("tcp") ? List.of(Filters.values()) : List.of(Filters.NONE);
    }
}
