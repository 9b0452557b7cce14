package io.teleport.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.socket.CloseReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the length field of a frame may say. */
class LengthTests extends WireCase {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5})
    void aFrameOfAFewZerosIsNoMessage(int length) throws Exception {
        try (Attacker attacker = target.attacker()) {
            attacker.sendUntilRefused(wire.announcing(length), new byte[length]);
            if (wire == Wire.HTTP) {
                // There it is only a body, and any body will do.
                assertThat(attacker.hear().body()).hasSize(length);
                target.assertUnharmed();
                return;
            }
            attacker.rest();
            target.assertEnded(attacker, CloseReason.PROTOCOL_ERROR, found(length));
        }
    }

    private String found(int length) {
        return switch (wire) {
            case RAW ->
                length < 5
                        ? "raw: frame size " + length + " is too small"
                        : "raw: frame ends inside its header: length of the sequence takes 1 bytes, 0 are left";
            case JSON ->
                switch (length) {
                    case 0 -> "json: frame announces 0 bytes";
                    case 1 -> "json: found the end of the message";
                    default -> "json: found byte 0x00 at byte 0";
                };
            case PROTOBUF ->
                switch (length) {
                    case 0 -> "protobuf: frame announces 0 bytes";
                    case 1 -> "unsupported message type: 0";
                    default -> "protobuf: 0 is not the tag of a field";
                };
            case THRIFT_BINARY, THRIFT_STRUCT -> "thrift: frame announces " + length + " bytes";
            case HTTP -> throw new IllegalStateException("is answered");
            case WS_JSON -> length == 0 ? "json: message is empty" : "json: found byte 0x00 at byte 0";
            case WS_PROTOBUF -> length == 0 ? "protobuf: message is empty" : "protobuf: 0 is not the tag of a field";
        };
    }

    @Test
    void aFrameOfTheLimitIsReadToItsEnd() throws Exception {
        try (Attacker attacker = target.attacker()) {
            long field = wire.fieldFor(Target.LIMIT);
            byte[] start = wire.announcing(field);
            int rest = wire.isWebSocket() ? Target.LIMIT : Target.LIMIT - start.length;
            attacker.sendUntilRefused(start, new byte[rest]);
            if (wire == Wire.HTTP) {
                // The answer has a head of its own, and so does not fit.
                assertThat(attacker.hear().code()).isEqualTo(500);
                target.assertUnharmed();
                return;
            }
            attacker.rest();
            target.assertEnded(
                    attacker,
                    CloseReason.PROTOCOL_ERROR,
                    switch (wire) {
                        case RAW -> "raw: sequence \"\" is not a base 36 number";
                        case JSON, WS_JSON -> "json: found byte 0x00 at byte 0";
                        case PROTOBUF, WS_PROTOBUF -> "protobuf: 0 is not the tag of a field";
                        default -> "thrift: frame starts with 0x0 (expected 0xfff)";
                    });
        }
    }

    @Test
    void oneByteMoreIsRefusedBeforeItIsSent() throws Exception {
        assertRefused(wire.fieldFor(Target.LIMIT + 1L));
    }

    @ParameterizedTest
    @ValueSource(longs = {(1L << 31) - 1, 1L << 31, (1L << 32) - 1})
    void hugeNumbersAreRefusedBeforeTheirBytesAreSent(long length) throws Exception {
        assertRefused(length);
    }

    private void assertRefused(long length) throws Exception {
        try (Attacker attacker = target.attacker()) {
            attacker.send(wire.announcing(length));
            String told = attacker.rest();
            if (wire == Wire.HTTP) {
                assertThat(told).startsWith("HTTP/1.1 413 ");
            }
            target.assertEnded(attacker, CloseReason.FRAME_TOO_LARGE, Integer.toString(Target.LIMIT));
        }
    }
}
