package io.teleport.fuzz;

import io.teleport.testing.VectorCase;
import io.teleport.testing.WireVectors;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What the fuzzer begins with, from the wire vectors. */
final class Seeds {

    /** Longer ones are hardly ever mutated with success. */
    private static final int LONGEST = 4096;

    private Seeds() {}

    /** Everything that Go wrote, from a message file. */
    static Stream<byte[]> frames(String file) {
        return bytes(cases(file), "packed_hex");
    }

    /** Frames that are broken in one way or another. */
    static Stream<byte[]> brokenFrames() {
        return bytes(cases("malformed-raw"), "frame_hex");
    }

    /** What a body codec wrote, and what it was given to read. */
    static Stream<byte[]> bodies(String codec) {
        return Stream.of("input_hex", "output_hex")
                .flatMap(field -> bytes(
                        cases("codec").filter(vector -> vector.string("codec").equals(codec)), field));
    }

    /** The texts in a field. */
    static Stream<byte[]> texts(String file, String field) {
        return cases(file)
                .filter(vector -> vector.has(field) && vector.get(field).isString())
                .map(vector -> vector.string(field).getBytes(StandardCharsets.UTF_8));
    }

    /** What a filter made, from frames whose pipe is that filter alone. */
    static Stream<byte[]> filtered(int filter) {
        return cases("json")
                .filter(vector -> vector.get("xfer_pipe").size() == 1
                        && vector.get("xfer_pipe").required(0).asInt() == filter)
                .filter(vector -> vector.get("packed_hex").isString())
                .map(vector -> WireVectors.bytes(vector.get("packed_hex")))
                .filter(frame -> frame.length > 6)
                .map(frame -> Arrays.copyOfRange(frame, 6, frame.length));
    }

    private static Stream<VectorCase> cases(String file) {
        AtomicInteger number = new AtomicInteger();
        return WireVectors.cases(file, json -> Integer.toString(number.incrementAndGet())).stream();
    }

    private static Stream<byte[]> bytes(Stream<VectorCase> cases, String field) {
        return cases.filter(vector -> vector.has(field))
                .map(vector -> vector.get(field))
                .filter(JsonNode::isString)
                .map(WireVectors::bytes)
                .filter(bytes -> bytes.length > 0 && bytes.length <= LONGEST);
    }
}
