package io.teleport.interop;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.Set;
import org.junit.jupiter.api.TestInfo;

/**
 * What a Go peer cannot do over thrift, whoever is at the other end. One {@code THeaderProtocol} of a connection both reads and
 * writes there, without a lock between the two: a frame that arrives while another is written changes the protocol object and the
 * sequence under the writer (its race detector says so). Between two Go peers, many call-backs at once end with a reply that comes
 * twice and the crash of the process.
 */
final class GoThrift {

    private static final Set<String> BOTH_WAYS_AT_ONCE =
            Set.of("manyHandlersCallBackAtOnce", "concurrentCallsGetTheirOwnResults");

    private GoThrift() {}

    /** Ends a case in which a Go peer would read and write at the same time. */
    static void assumeCarries(TestInfo test) {
        String method = test.getTestMethod().orElseThrow().getName();
        assumeFalse(
                BOTH_WAYS_AT_ONCE.contains(method),
                "Go: a thrift connection reads and writes through one shared state");
    }
}
