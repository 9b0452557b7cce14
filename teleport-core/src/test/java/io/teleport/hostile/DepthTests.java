package io.teleport.hostile;

import static io.teleport.hostile.HostileBodies.nested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import com.google.protobuf.Value;
import io.netty.buffer.Unpooled;
import io.teleport.codec.thrift.Node;
import io.teleport.hostile.HostileClient.Answer;
import io.teleport.message.StatusCode;
import io.teleport.socket.CloseReason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ten thousand levels: a status where a body is so deep, the end of the connection where the message itself is; never a full stack. */
class DepthTests {

    private static final int DEPTH = 10_000;

    record Tree(@Nullable String name, @Nullable Tree child) {}

    /** A body, and a route whose argument is of a type that it might have. */
    private static final class Body {

        private final String route;

        private final int codecId;

        private final byte[] bytes;

        Body(String route, int codecId, byte[] bytes) {
            this.route = route;
            this.codecId = codecId;
            this.bytes = bytes;
        }
    }

    private static List<Body> bodies() {
        return List.of(
                new Body("/any", 'j', nested("", "[", DEPTH, "", "]", "")),
                new Body("/any", 'j', nested("", "{\"a\":", DEPTH, "0", "}", "")),
                new Body("/any", 'j', nested("", "[", DEPTH, "", "", "")),
                new Body("/tree", 'j', nested("", "{\"child\":", DEPTH, "null", "}", "")),
                new Body("/tree", 'j', nested("{\"unknown\":", "[{\"a\":", DEPTH, "1", "}]", "}")),
                new Body("/tree", 'x', nested("<r>", "<child>", DEPTH, "", "</child>", "</r>")),
                new Body("/tree", 'x', nested("<r>", "<unknown>", DEPTH, "", "</unknown>", "</r>")),
                new Body("/any", 'x', nested("<r>", "<a>", DEPTH, "", "", "")),
                new Body("/value", 'p', values()),
                new Body("/value", 'p', nested("", "{", DEPTH, "", "|", "")),
                new Body("/value", 'p', nested("", "{", DEPTH, "", "", "")));
    }

    private static List<Body> structs() {
        return List.of(
                new Body("/node", 't', hex("0c0063", "")),
                new Body("/node", 't', hex("0f0002" + "0c" + "00000001", "00")),
                new Body("/node", 't', hex("0f0063" + "0f" + "00000001", "00")));
    }

    private static byte[] hex(String deeper, String back) {
        return HexFormat.of().parseHex(deeper.repeat(DEPTH) + back.repeat(DEPTH));
    }

    /** A value that is a list that holds a value that is a list, as protobuf packs it. */
    private static byte[] values() {
        byte[] value = {};
        for (int level = 0; level < DEPTH; level++) {
            value = field(level % 2 == 0 ? 1 : 6, value);
        }
        return value;
    }

    private static byte[] field(int number, byte[] content) {
        ByteArrayOutputStream field = new ByteArrayOutputStream(content.length + 6);
        field.write(number << 3 | 2);
        int rest = content.length;
        while (rest > 0x7f) {
            field.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        field.write(rest);
        field.writeBytes(content);
        return field.toByteArray();
    }

    private static HostileDoor open(BodyWire wire) {
        HostileDoor door = new HostileDoor(wire, builder -> builder.messageLimit(4 << 20));
        door.server()
                .router()
                .call("/any", Object.class, (context, any) -> "read")
                .call("/tree", Tree.class, (context, tree) -> "read")
                .call("/value", Value.class, (context, value) -> Value.getDefaultInstance())
                .call("/node", Node.class, (context, node) -> new Node(1));
        return door;
    }

    private static void assertAnsweredWith400(HostileClient client, BodyWire wire, Body body) throws Exception {
        client.send(wire.call(body.route, body.codecId, body.bytes));
        Answer answer = client.answer();
        assertThat(answer.status().code()).as("%s: %s", body.route, answer).isEqualTo(StatusCode.BAD_MESSAGE);
        assertThat(answer.status().cause()).hasSizeBetween(10, 300);
        HostileDoor.assertTellsNoSecrets(answer.toString());
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "THRIFT_STRUCT")
    void aBodyIsAnsweredWithAStatusAndTheConnectionGoesOn(BodyWire wire) throws Exception {
        try (HostileDoor door = open(wire);
                HostileClient client = door.attack()) {
            for (Body body : bodies()) {
                assertAnsweredWith400(client, wire, body);
            }
            if (wire != BodyWire.HTTP) {
                // HTTP has no content type for it.
                for (Body body : structs()) {
                    assertAnsweredWith400(client, wire, body);
                }
            }
            client.send(wire.call("/tree", 'j', HostileBodies.ascii("{\"child\":{\"name\":\"leaf\"}}")));
            assertThat(client.answer().body()).isEqualTo("\"read\"");
        }
    }

    @Test
    void aStructThatIsTheMessageEndsTheConnection() throws Exception {
        try (HostileDoor door = open(BodyWire.THRIFT_STRUCT)) {
            for (String level : List.of("0c0063", "0f0002" + "0c" + "00000001", "0e0063" + "0c" + "00000001")) {
                byte[] good = BodyWire.THRIFT_STRUCT.call("/node", 't', new byte[] {0});
                byte[] deep = hex(level, "00");
                ByteBuffer frame = ByteBuffer.allocate(good.length - 1 + deep.length);
                frame.put(good, 0, good.length - 1).put(deep);
                frame.putInt(0, frame.capacity() - Integer.BYTES);
                door.assertEnds(frame.array(), CloseReason.PROTOCOL_ERROR, "thrift: struct is nested deeper than 100");
            }
        }
    }

    private static byte[] sized(byte[] payload) {
        return Unpooled.buffer()
                .writeInt(1 + payload.length)
                .writeByte(0)
                .writeBytes(payload)
                .capacity(5 + payload.length)
                .array();
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "WS_JSON"})
    void soDoesJsonInTheMessageItself(BodyWire wire) throws Exception {
        try (HostileDoor door = open(wire)) {
            for (byte[] payload : List.of(
                    nested("{\"seq\":1,\"unknown\":", "[", DEPTH, "", "]", "}"),
                    nested("{\"seq\":1,\"unknown\":", "{\"a\":", DEPTH, "1", "}", "}"),
                    nested("{\"seq\":1,\"mtype\":1,\"serviceMethod\":\"/any\",\"body\":", "[", DEPTH, "", "]", "}"))) {
                door.assertEnds(
                        wire.isWebSocket() ? payload : sized(payload),
                        CloseReason.PROTOCOL_ERROR,
                        "json: values are nested deeper than 100");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PROTOBUF", "WS_PROTOBUF"})
    void soDoGroupsInTheMessageItself(BodyWire wire) throws Exception {
        try (HostileDoor door = open(wire)) {
            byte[] payload = nested("", "{", DEPTH, "", "|", "");
            door.assertEnds(
                    wire.isWebSocket() ? payload : sized(payload),
                    CloseReason.PROTOCOL_ERROR,
                    "protobuf: groups are nested deeper than 100");
        }
    }
}
