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
        return Stream.of(
                tcp("raw"),
                tcp("json"),
                tcp("protobuf"),
                tcp("thrift-binary"),
                tcp("http"),
                new Wire("tcp", "thrift-struct", "thrift"),
                new Wire("unix", "raw", "json"),
                new Wire("tls", "raw", "json"),
                new Wire("mutual tls", "raw", "json"),
                new Wire("ws", "json", "json"),
                new Wire("ws", "protobuf", "json"),
                new Wire("wss", "json", "json"));
    }

    private static Wire tcp(String protocol) {
        return new Wire("tcp", protocol, "json");
    }

    /** All cells of a wire, in the order of the table. */
    public static List<Cell> cells(Wire wire) {
        List<Cell> cells = new ArrayList<>();
        for (BodyForm<?> form : forms(wire)) {
            for (Filters filters : filters(wire)) {
                Arrays.stream(Kind.values()).forEach(kind -> cells.add(new Cell(wire, form, filters, kind)));
            }
        }
        return cells;
    }

    private static List<BodyForm<?>> forms(Wire wire) {
        return wire.protocol().equals("thrift-struct") ? List.of(BodyForm.THRIFT) : BodyForm.ALL;
    }

    /** Filters work on messages, whatever carries these. */
    private static List<Filters> filters(Wire wire) {
        return wire.network().equals("tcp") ? List.of(Filters.values()) : List.of(Filters.NONE);
    }
}
