package io.teleport.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Every vector case in which this implementation departs from what Go does, with the reason. All of them are here and
 * nowhere else. What ours does instead is asserted in the tests of the class concerned.
 */
public final class KnownDifferences {

    private static final Map<String, String> REASONS = Map.of(
            "meta/parse-percent-then-ff", "Go panics on '%' followed by byte 0xFF; ours takes both literally",
            "meta/ops-del-adjacent-duplicates",
                    "Go leaves every second one of adjacent duplicates behind; ours removes all",
            "status/query-percent-ff", "Go panics on '%' followed by byte 0xFF; ours takes both literally",
            "status/encode-null", "ours has no null status: OK stands for it and is written code=0");

    private KnownDifferences() {}

    static Map<String, String> reasons() {
        return REASONS;
    }

    /**
     * Runs the comparison of a case with what Go did. It must pass, or for a listed case it must fail: a difference that
     * is gone has to leave the list.
     */
    public static void compare(VectorCase vector, ThrowingCallable comparison) throws Throwable {
        String reason = REASONS.get(vector.id());
        if (reason == null) {
            comparison.call();
            return;
        }
        assertThat(catchThrowable(comparison))
                .as("%s is listed as a known difference (%s) but is as in Go", vector.id(), reason)
                .isInstanceOf(AssertionError.class);
    }
}
