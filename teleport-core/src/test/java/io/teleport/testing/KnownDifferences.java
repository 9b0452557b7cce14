package io.teleport.testing;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Every vector case in which this implementation departs from what Go does, with the reason. All of them are here and
 * nowhere else. What ours does instead is asserted in the tests of the class concerned.
 */
public final class KnownDifferences {

    private static final String PERCENT_FF = "Go panics on '%' followed by byte 0xFF; ours takes both literally";

    private static final Map<String, String> REASONS = Map.ofEntries(
            entry("meta/parse-percent-then-ff", PERCENT_FF),
            entry(
                    "meta/ops-del-adjacent-duplicates",
                    "Go leaves every second one of adjacent duplicates behind; ours removes all"),
            entry("status/query-percent-ff", PERCENT_FF),
            entry("status/encode-null", "ours has no null status: OK stands for it and is written code=0"),
            entry(
                    "raw/meta-70000-length-wraps",
                    "Go writes the length modulo 65536, which nobody can read; ours refuses to pack it"),
            entry("malformed-raw/meta-percent-ff", PERCENT_FF),
            entry("malformed-raw/status-percent-ff", PERCENT_FF),
            entry(
                    "codec/json-unmarshal-string-null",
                    "Go leaves the variable as it was; ours is null, or the zero value as a handler's argument"),
            entry(
                    "codec/json-unmarshal-string-lone-surrogate",
                    "Go reads an escaped lone surrogate as U+FFFD; ours keeps it"),
            entry(
                    "codec/json-unmarshal-string-invalid-utf8",
                    "Go reads bytes that are not UTF-8 as U+FFFD; ours refuses them, as the JSON standard does"),
            entry(
                    "codec/plain-unmarshal-int8-overflow-wraps",
                    "Go cuts off what does not fit; ours refuses a number that does not fit"),
            entry(
                    "codec/plain-unmarshal-int-empty",
                    "Go's codec refuses no text as a number, but is not asked for an empty body; ours is zero then"));

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
