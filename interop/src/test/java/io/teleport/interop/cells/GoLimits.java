package io.teleport.interop.cells;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What Go cannot do, and what comes of trying. It is tried all the same, in each direction, so a limit that is none, or that shows otherwise, fails
 * its test; and the same cells between two Go peers show that the limits are Go's.
 */
public final class GoLimits {

    /** What a cell comes to that works. */
    public static final String OK = "ok";

    private record Limit(Predicate<Cell> cells, Map<Direction, String> verdicts) {

        Limit(Predicate<Cell> cells, String fromGo, String fromJava) {
            this(
                    cells,
                    new EnumMap<>(Map.of(
                            Direction.GO_TO_GO, fromGo,
                            Direction.GO_TO_JAVA, fromGo,
                            Direction.JAVA_TO_GO, fromJava)));
        }
    }

    /** The first that fits a cell counts. */
    private static final List<Limit> LIMITS = List.of(
            new Limit(
                    cell -> over("http", cell) && cell.filters().has('m'),
                    "104 unsupport xfer filter: md5",
                    "104 http has no filter md5"),
            new Limit(
                    cell -> over("http", cell) && cell.kind() == Kind.PUSH,
                    "104 unsupport message type: 3(PUSH)",
                    "104 http has no PUSH"));

    private static boolean over(String protocol, Cell cell) {
        return cell.wire().protocol().equals(protocol);
    }

    private GoLimits() {}

    /** What the cell has to come to: {@link #OK}, or code and cause of the status that a limit shows as. */
    public static String verdict(Direction direction, Cell cell) {
        return LIMITS.stream()
                .filter(limit -> limit.cells.test(cell))
                .map(limit -> limit.verdicts.getOrDefault(direction, OK))
                .findFirst()
                .orElse(OK);
    }
}
