package io.teleport.testing;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Every vector case in which this implementation departs from what Go does, with the reason. All of them are here and
 * nowhere else. What ours does instead is asserted in the tests of the class concerned.
 */
public final class KnownDifferences {

    private static final String PERCENT_FF = "Go panics on '%' followed by byte 0xFF; ours takes both literally";

    private static final String UNREADABLE_METHOD =
            "Go quotes control characters and stray bytes of a service method so that it cannot read them; ours it reads";

    private static final String UNREADABLE_BODY =
            "Go escapes nothing in a body but quotes, and reads another body than it wrote; ours it reads";

    private static final String RAW_CONTROLS =
            "Go leaves control characters of a body as they are, which it reads but no JSON parser does; ours escapes them";

    private static final String OWN_HEADER =
            "Go writes a second X-Seq and reads its number; ours refuses metadata named like a header of its own";

    private static final String KEY_NO_NAME =
            "Go drops metadata whose key is no name of a header; ours sends it in the query, where Go reads it";

    private static final String STATUS_LOST =
            "Go does not send the status over WebSocket; ours does, in a field Go skips";

    private static final String NO_THRIFT_TYPE =
            "Go sends types other than CALL, REPLY and PUSH as 0, which it reads as PUSH; ours refuses to pack them";

    private static final String LONG_CODEC_ID =
            "Go writes a codec id from 128 up in two bytes and reads the first; ours writes one, which Go reads, and reads both";

    private static final String CODEC_0_IS_THRIFT = "codec 0 stands for thrift, for which it is read";

    private static final Map<String, String> REASONS = new TreeMap<>(Map.ofEntries(
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
                    "secure/decrypt-empty-version-gives-empty-body",
                    "Go takes any ciphertext of no version for an empty body; ours refuses it"),
            entry("secure/decrypt-half-block", "Go panics; ours answers with the panic's text as the cause"),
            entry(
                    "secure/decrypt-padding-zero",
                    "Go takes a last byte of 0, or of more than a block, for padding; ours refuses it"),
            entry(
                    "secure/write-with-status-ok",
                    "ours has no null status: a message whose status is OK is encrypted when it is to be"),
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
                    "codec/json-marshal-string-invalid-utf8#written",
                    "Go writes U+FFFD by its number for a byte that is not UTF-8; ours writes the character itself"),
            entry(
                    "codec/json-marshal-map-int-keys#written",
                    "Go puts numbers that are keys in the order of their text; ours in the order of the numbers"),
            entry(
                    "codec/form-marshal-struct-lists-reversed",
                    "Go writes a list from last to first; ours from first to last"),
            entry(
                    "codec/form-marshal-struct-zero",
                    "Go writes an empty value for a nil pointer; ours leaves null out, which Go reads as the same zero"),
            entry("codec/form-marshal-map-string", "Go refuses a map of single texts; ours writes it"),
            entry(
                    "codec/form-marshal-pointer-nil",
                    "Go refuses a nil pointer; null has no type and nothing is sent for it"),
            entry("codec/form-unmarshal-struct-bool-bad", "Go ignores a bad boolean; ours refuses it"),
            entry(
                    "codec/form-unmarshal-struct-uint8-overflow",
                    "Java has no unsigned 8-bit type; what does not fit the type there is, is refused"),
            entry("codec/form-unmarshal-struct-array-overflow", "Go panics; Java's arrays take what there is"),
            entry(
                    "codec/form-unmarshal-struct-pointer-field",
                    "Go cannot read into a pointer; ours reads into a boxed number"),
            entry(
                    "codec/xml-marshal-list-string",
                    "Go writes a list as several roots, of which readers take the first; ours refuses it"),
            entry("codec/xml-marshal-struct-attr-chardata", "Jackson has no comments; the rest is the same"),
            entry(
                    "codec/thrift-marshal-null",
                    "Go's codec writes an empty struct, but is not asked to: nothing is sent for null, here and in Go"),
            entry(
                    "codec/thrift-unmarshal-empty-input",
                    "Go's codec refuses no bytes, but is not asked for an empty body; ours is null then"),
            entry(
                    "thrift-struct/error-body-nil",
                    "Go refuses null after it has sent the start of a message; ours sends a struct without fields"),
            entry(
                    "codec/plain-unmarshal-int8-overflow-wraps",
                    "Go cuts off what does not fit; ours refuses a number that does not fit"),
            entry(
                    "codec/plain-unmarshal-int-empty",
                    "Go's codec refuses no text as a number, but is not asked for an empty body; ours is zero then")));

    static {
        for (String file : List.of("json", "ws-json")) {
            list(file, UNREADABLE_METHOD, "service-method-quotes-controls", "service-method-invalid-utf8");
            list(file, UNREADABLE_BODY, "body-all-bytes", "body-json", "body-json-backslash", "body-backslash-quote");
            list(file, UNREADABLE_BODY, "body-escape-lookalikes", "body-newline-and-quote");
        }
        list("http", KEY_NO_NAME, "meta-special-key", "meta-unicode", "meta-special-key#meant", "meta-unicode#meant");
        list("http", OWN_HEADER, "meta-clashes-with-own-headers", "meta-clashes-with-own-headers#returned");
        list("http", OWN_HEADER, "meta-clashes-with-own-headers#meant");
        list("http", "Go's reader keeps only the last of repeated keys; ours keeps all", "meta-repeated");
        list(
                "http",
                "Go reads X-Real-Ip, which is not the key it looks for; ours reads X-Real-IP",
                "meta-framework-keys");
        list(
                "http",
                "Go writes a space in a path as it is, where its reader ends the path; ours writes %20, which Go reads",
                "url-percent-escapes",
                "url-space");
        list("ws-json", UNREADABLE_BODY, "xfer-gzip-100k");
        list("ws-json", RAW_CONTROLS, "body-newline-and-tab", "body-protobuf", "body-thrift");
        for (String file : List.of("thrift-binary", "thrift-struct")) {
            for (String name : List.of("mtype-0", "mtype-4", "mtype-5")) {
                list(file, NO_THRIFT_TYPE, name, name + "#returned", name + "#meant");
            }
        }
        list("thrift-binary", LONG_CODEC_ID, "body-codec-128", "body-codec-200-bytes");
        list("thrift-struct", CODEC_0_IS_THRIFT, "body-codec-0-becomes-thrift#returned");
        list("thrift-struct", CODEC_0_IS_THRIFT, "body-codec-0-becomes-thrift#meant");
        for (String file : List.of("ws-json", "ws-protobuf")) {
            list(file, STATUS_LOST, "status-code-only", "status-msg", "status-msg-empty-cause", "status-msg-cause");
            list(file, STATUS_LOST, "status-cause-only", "status-negative-code", "status-special", "status-unicode");
            list(file, STATUS_LOST, "status-quotes-newline", "status-code-zero-with-msg", "status-on-call");
            list(file, STATUS_LOST, "xfer-md5-everything", "everything");
        }
    }

    private KnownDifferences() {}

    private static void list(String file, String reason, String... names) {
        for (String name : names) {
            REASONS.put(file + '/' + name, reason);
        }
    }

    static Map<String, String> reasons() {
        return REASONS;
    }

    /**
     * Runs the comparison of a case with what Go did. It must pass, or for a listed case it must fail: a difference that
     * is gone has to leave the list.
     */
    public static void compare(VectorCase vector, ThrowingCallable comparison) throws Throwable {
        compareListedAs(vector.id(), comparison);
    }

    /** As {@link #compare(VectorCase, ThrowingCallable)}, for a case that is compared in several ways: listed with {@code #} and the way. */
    public static void compare(VectorCase vector, String way, ThrowingCallable comparison) throws Throwable {
        compareListedAs(vector.id() + '#' + way, comparison);
    }

    private static void compareListedAs(String id, ThrowingCallable comparison) throws Throwable {
        String reason = REASONS.get(id);
        if (reason == null) {
            comparison.call();
            return;
        }
        assertThat(catchThrowable(comparison))
                .as("%s is listed as a known difference (%s) but is as in Go", id, reason)
                .isInstanceOf(AssertionError.class);
    }
}
