package io.teleport.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketSnapshot;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every value of what a frame can say wrong, where WebSocketFrameTests has an example of each rule; the cases are those of the Autobahn test suite
 * that apply where messages are those of a protocol, in its order: pings, reserved bits, opcodes, fragments, UTF-8, close codes, limits.
 */
class WebSocketFrameAttackTests {

    private static final int PING = 0x89;

    private static final int CLOSE = 0x88;

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static byte[] call(String route) {
        return HostileBodies.ascii("{\"seq\":1,\"mtype\":1,\"serviceMethod\":\"" + route
                + "\",\"meta\":\"\",\"bodyCodec\":106,\"body\":\"1\",\"xferPipe\":[]}");
    }

    private static void assertCloses(HostileDoor door, byte[] bytes, String closing) throws Exception {
        try (HostileClient client = door.attack()) {
            client.sendBytes(bytes);
            assertThat(client.frame()).startsWith(closing);
            client.leave();
            SocketSnapshot ended = door.ended(client);
            assertThat(ended.closeReason())
                    .isEqualTo(closing.startsWith("1009") ? CloseReason.FRAME_TOO_LARGE : CloseReason.PROTOCOL_ERROR);
            assertThat(ended.error()).startsWith(closing.substring(5));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 124, 125})
    void aPingIsAnsweredWithItsOwnBytesWhateverTheyAre(int length) throws Exception {
        byte[] payload = new byte[length];
        IntStream.range(0, length).forEach(i -> payload[i] = (byte) (0xff - i));
        try (HostileDoor door = new HostileDoor(BodyWire.WS_JSON);
                HostileClient client = door.attack()) {
            client.sendBytes(HostileClient.frame(PING, payload));
            assertThat(client.frame())
                    .isEqualTo("8a " + new String(payload, java.nio.charset.StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void everyReservedBitIsRefusedInEveryFrame() throws Exception {
        try (HostileDoor door = new HostileDoor(BodyWire.WS_JSON)) {
            for (int bits = 1; bits < 8; bits++) {
                for (int opcode : new int[] {0, 1, 2, 8, 9, 10}) {
                    byte[] frame = HostileClient.frame(0x80 | bits << 4 | opcode, new byte[0]);
                    assertCloses(door, frame, "1002 reserved bits are set and no extension was negotiated");
                }
            }
        }
    }

    @Test
    void everyReservedOpcodeIsRefused() throws Exception {
        try (HostileDoor door = new HostileDoor(BodyWire.WS_JSON)) {
            for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
                byte[] frame = HostileClient.frame(0x80 | opcode, new byte[] {'x'});
                assertCloses(door, frame, "1002 reserved opcode " + opcode);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"8100", "8200", "8000", "8800", "8900", "8a00", "827f7fffffffffffffff"})
    void framesWithoutAMaskAreRefused(String frame) throws Exception {
        try (HostileDoor door = new HostileDoor(BodyWire.WS_JSON)) {
            assertCloses(door, hex(frame), "1002 frame of a client is not masked");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x08, 0x09, 0x0a})
    void controlFramesInFragmentsOrTooLongAreRefused(int opcode) throws Exception {
        try (HostileDoor door = new HostileDoor(BodyWire.WS_JSON)) {
            assertCloses(door, HostileClient.frame(opcode, new byte[1]), "1002 fragmented control frame");
            assertCloses(
                    door,
                    HostileClient.frame(0x80 | opcode, new byte[126]),
                    "1002 control frame of more than 125 bytes");
            assertCloses(
                    door,
                    hex(String.format("%02x", 0x80 | opcode) + "ff 0000000000000001 00000000 00"),
                    "1002 control frame of more than 125 bytes");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "82ff 0000000000040001 | 1009 message of 262145 bytes",
                "82ff 000000003b9aca00 | 1009 message of 1000000000 bytes",
                "82ff 0000000080000000 | 1009 message of 2147483648 bytes",
                "82ff 0000000100000000 | 1009 message of 4294967296 bytes",
                "82ff 7fffffffffffffff | 1009 message of 9223372036854775807 bytes",
                "0281 00000000 00 80ff 7fffffffffffffff | 1009 message of 9223372036854775808 bytes",
                "0281 00000000 00 0081 00000000 00 00ff 7ffffffffffffffe | 1009 message of 9223372036854775808 bytes",
                "82ff 8000000000000000 | 1002 length with its highest bit set",
                "82ff ffffffffffffffff | 1002 length with its highest bit set"
            })
    void lengthsOf64BitsAreRefusedBeforeTheirBytesCome(String frames, String closing) throws Exception {
        try (HostileDoor door = new HostileDoor(BodyWire.WS_JSON)) {
            assertCloses(door, hex(frames + "00000000"), closing);
        }
    }

    @Test
    void aMessageInAsManyFragmentsAsBytesAndAsManyEmptyOnesIsRead() throws Exception {
        ByteArrayOutputStream fragments = new ByteArrayOutputStream();
        int first = 0x02;
        for (byte one : call(HostileDoor.SAME)) {
            fragments.writeBytes(HostileClient.frame(first, new byte[] {one}));
            first = 0;
            for (int i = 0; i < 500; i++) {
                fragments.writeBytes(HostileClient.frame(first, new byte[0]));
            }
        }
        fragments.writeBytes(HostileClient.frame(0x80, new byte[0]));
        try (HostileDoor door = new HostileDoor(BodyWire.WS_JSON);
                HostileClient client = door.attack()) {
            client.sendBytes(fragments.toByteArray());
            assertThat(client.answer().body()).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c080",
                "c1bf",
                "e08080",
                "e09fbf",
                "f0808080",
                "f08fbfbf",
                "f8888080",
                "fc8480808080",
                "fe",
                "ff",
                "eda080",
                "edbfbf",
                "eda080edb080",
                "f4908080",
                "f7bfbfbf",
                "c3",
                "e282",
                "f09f98",
                "c328",
                "e228a1",
                "cebae1bdb9cf83cebcceb5eda080656469746564"
            })
    void textThatIsNotUtf8IsRefusedAlsoAtTheCutsOfFragments(String bad) throws Exception {
        byte[] text = hex("7b22" + bad + "223a317d");
        try (HostileDoor door = new HostileDoor(BodyWire.WS_JSON)) {
            assertCloses(door, HostileClient.frame(0x81, text), "1007 text message is not UTF-8");
            ByteArrayOutputStream fragments = new ByteArrayOutputStream();
            for (int i = 0; i < text.length; i++) {
                fragments.writeBytes(HostileClient.frame(i == 0 ? 0x01 : 0x00, new byte[] {text[i]}));
            }
            fragments.writeBytes(HostileClient.frame(0x80, new byte[0]));
            assertCloses(door, fragments.toByteArray(), "1007 text message is not UTF-8");
            byte[] close = hex("03e8" + bad);
            assertCloses(door, HostileClient.frame(CLOSE, close), "1007 text of the close frame is not UTF-8");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"f48fbfbf", "efbfbf", "f09fbfbe", "ed9fbf", "ee8080", "efbfbd", "00", "7f"})
    void theOddestCharactersAreText(String character) throws Exception {
        byte[] call = call(HostileDoor.SAME);
        byte[] odd = hex("7b22" + (character.equals("00") ? "5c7530303030" : character) + "223a312c");
        byte[] text = new byte[odd.length + call.length - 1];
        System.arraycopy(odd, 0, text, 0, odd.length);
        System.arraycopy(call, 1, text, odd.length, call.length - 1);
        try (HostileDoor door = new HostileDoor(BodyWire.WS_JSON);
                HostileClient client = door.attack()) {
            client.sendBytes(HostileClient.frame(0x81, text));
            assertThat(client.answer().body()).isEqualTo("1");
        }
    }

    @Test
    void closeCodesThatMayNotBeSentAreRefused() throws Exception {
        try (HostileDoor door = new HostileDoor(BodyWire.WS_JSON)) {
            for (int code : new int[] {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535}) {
                byte[] close = {(byte) (code >> 8), (byte) code};
                assertCloses(door, HostileClient.frame(CLOSE, close), "1002 close frame with code " + code);
            }
            assertCloses(door, HostileClient.frame(CLOSE, new byte[1]), "1002 close frame with half a code");
        }
    }

    static IntStream codes() {
        return IntStream.of(
                1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999);
    }

    @ParameterizedTest
    @MethodSource("codes")
    void otherCloseCodesComeBackAndWhatFollowsIsNotHeard(int code) throws Exception {
        AtomicInteger heard = new AtomicInteger();
        try (HostileDoor door = new HostileDoor(BodyWire.WS_JSON)) {
            door.server().router().call("/late", byte[].class, (context, body) -> heard.incrementAndGet());
            try (HostileClient client = door.attack()) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                bytes.writeBytes(HostileClient.frame(CLOSE, new byte[] {(byte) (code >> 8), (byte) code}));
                bytes.writeBytes(HostileClient.frame(0x81, call("/late")));
                bytes.writeBytes(HostileClient.frame(PING, new byte[0]));
                client.sendBytes(bytes.toByteArray());
                assertThat(client.frame()).isEqualTo(code + " ");
                assertThat(client.rest()).isEmpty();
                assertThat(door.ended(client).closeReason()).isEqualTo(CloseReason.REMOTE);
            }
        }
        assertThat(heard).hasValue(0);
    }
}
