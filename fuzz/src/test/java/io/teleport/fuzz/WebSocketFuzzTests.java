package io.teleport.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What a WebSocket reads before it is open, and after. */
class WebSocketFuzzTests {

    private static final WebSocketTarget UPGRADE = new WebSocketTarget(false);

    private static final WebSocketTarget FRAMES = new WebSocketTarget(true);

    @MethodSource
    @FuzzTest
    void upgrade(byte[] input) {
        UPGRADE.run(input);
    }

    static Stream<byte[]> upgrade() {
        return Stream.of(WebSocketTarget.upgrade());
    }

    @MethodSource
    @FuzzTest
    void frames(byte[] input) {
        FRAMES.run(input);
    }

    /** Masked with zeros: text, binary in two fragments with a ping between, close, 16-bit length, 64-bit length, and some that break rules. */
    static Stream<byte[]> frames() {
        String mask = "00000000";
        return Stream.of(
                        "8185" + mask + "68656c6c6f",
                        "0282" + mask + "0102" + "8981" + mask + "61" + "8081" + mask + "03",
                        "8882" + mask + "03e8",
                        "8885" + mask + "03e9627965",
                        "82fe0080" + mask + "00".repeat(128),
                        "82ff0000000000000003" + mask + "010203",
                        "82ffffffffffffffffff" + mask,
                        "8182" + mask + "c328",
                        "8001" + "00",
                        "0981" + mask + "61",
                        "c185" + mask + "68656c6c6f")
                .map(HexFormat.of()::parseHex);
    }
}
