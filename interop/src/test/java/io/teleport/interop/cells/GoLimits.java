package io.teleport.interop.cells;

import io.teleport.interop.bodies.BodyForm;
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

    /** What an error comes to that arrives as a success. */
    static final String LOST_STATUS = "0 without the status";

    private static final String NOT_TRIED = "not tried: ";

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
                    cell -> over("thrift-struct", cell) && cell.filters() != Filters.NONE,
                    "104 unsupport transfer pipe",
                    "104 thrift: the protocol thrift-struct has no transfer filters"),
            new Limit(
                    GoLimits::isErrorWithoutStruct,
                    Map.of(
                            Direction.GO_TO_GO,
                            NOT_TRIED + "the caller waits for ever",
                            Direction.JAVA_TO_GO,
                            "400 thrift: reply without a struct, as Go sends it for an error")),
            new Limit(
                    cell -> cell.wire().network().startsWith("ws") && cell.kind() == Kind.ERROR,
                    LOST_STATUS,
                    LOST_STATUS),
            new Limit( // refused for both reasons; which is named first is up to each
                    cell -> over("http", cell) && cell.filters().has('m') && cell.kind() == Kind.PUSH,
                    "104 unsupport xfer filter: md5",
                    "104 http: unsupported message type: 3 (PUSH)"),
            new Limit(
                    cell -> over("http", cell) && cell.filters().has('m'),
                    "104 unsupport xfer filter: md5",
                    "104 http: unsupported transfer filter: md5"),
            new Limit(
                    cell -> over("http", cell) && cell.kind() == Kind.PUSH,
                    "104 unsupport message type: 3(PUSH)",
                    "104 http: unsupported message type: 3 (PUSH)"),
            new Limit(
                    cell -> over("http", cell) && cell.form().equals(BodyForm.THRIFT),
                    Map.of(
                            Direction.GO_TO_GO,
                            "400 plain codec: []byte can not be directly converted to *main.Sample type",
                            Direction.GO_TO_JAVA,
                            "400 plain: cannot decode into a structured value",
                            Direction.JAVA_TO_GO,
                            "400 plain codec: []byte can not be directly converted to *main.Sample type")));

    private static boolean isErrorWithoutStruct(Cell cell) {
        return over("thrift-struct", cell) && cell.kind() == Kind.ERROR && cell.filters() == Filters.NONE;
    }

    /** Go's server cannot write such an error reply as a whole; what it has written of it comes with a later reply. */
    static boolean withholdsErrors(Direction direction, Cell cell) {
        return direction.toGo() && isErrorWithoutStruct(cell);
    }

    /** Whether it can be tried at all. */
    public static boolean isTried(Direction direction, Cell cell) {
        return !verdict(direction, cell).startsWith(NOT_TRIED);
    }

    private static boolean over(String protocol, Cell cell) {
        return cell.wire().protocol().equals(protocol);
    }

    private GoLimits() {}

    /** What the cell has to come to: {@link #OK}, or code and the beginning of the cause of the status that a limit shows as. */
    public static String verdict(Direction direction, Cell cell) {
        return LIMITS.stream()
                .filter(limit -> limit.cells.test(cell))
                .map(limit -> limit.verdicts.getOrDefault(direction, OK))
                .findFirst()
                .orElse(OK);
    }
}
