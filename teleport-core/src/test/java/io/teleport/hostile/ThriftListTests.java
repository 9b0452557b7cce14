package io.teleport.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import io.teleport.codec.thrift.Node;
import io.teleport.hostile.HostileClient.Answer;
import io.teleport.message.StatusCode;
import io.teleport.socket.CloseReason;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists, sets, maps and texts that announce 2^31-1 elements and more, over every protocol that names Thrift's codec. */
class ThriftListTests {

    private static final String[] STRUCTS = {
        "0f0002" + "0c" + "7fffffff" + "00", // list<struct>
        "0f0002" + "02" + "7fffffff" + "00", // list<bool>, the smallest there is
        "0f0063" + "0f" + "7fffffff" + "0f7fffffff00", // list<list>, of a field nobody knows
        "0e0063" + "08" + "7fffffff" + "00", // set<i32>
        "0d0003" + "0b04" + "7fffffff" + "00", // map<string, double>
        "0b0004" + "7fffffff" + "61", // text
        "0f0002" + "0c" + "ffffffff" + "00", // list<struct> of -1
        "0f0002" + "0c" + "80000000" + "00", // of -2^31
    };

    private static HostileDoor open(BodyWire wire) {
        HostileDoor door = new HostileDoor(wire);
        door.server().router().call("/node", Node.class, (context, node) -> node);
        return door;
    }

    @ParameterizedTest
    @EnumSource(
            mode = EXCLUDE,
            names = {"THRIFT_STRUCT", "HTTP"})
    void areRefusedWithAStatusAndTheConnectionGoesOn(BodyWire wire) throws Exception {
        try (HostileDoor door = open(wire);
                HostileClient client = door.attack()) {
            for (String struct : STRUCTS) {
                client.send(wire.call("/node", 't', HexFormat.of().parseHex(struct)));
                Answer answer = client.answer();
                assertThat(answer.status().code()).as(struct).isEqualTo(StatusCode.BAD_MESSAGE);
                assertThat(answer.status().cause())
                        .matches("thrift: (struct ends inside|size of a list is negative).{1,100}");
            }
            byte[] node = HexFormat.of().parseHex("08000100000001" + "00");
            client.send(wire.call("/node", 't', node));
            assertThat(client.answer().status().isOk()).isTrue();
        }
    }

    @Test
    void endTheConnectionWhereTheStructIsTheMessage() throws Exception {
        try (HostileDoor door = open(BodyWire.THRIFT_STRUCT)) {
            for (String struct : STRUCTS) {
                byte[] good = BodyWire.THRIFT_STRUCT.call("/node", 't', new byte[] {0});
                byte[] bad = HexFormat.of().parseHex(struct);
                ByteBuffer frame = ByteBuffer.allocate(good.length - 1 + bad.length);
                frame.put(good, 0, good.length - 1).put(bad).putInt(0, frame.capacity() - Integer.BYTES);
                door.assertEnds(frame.array(), CloseReason.PROTOCOL_ERROR, "thrift: s");
            }
        }
    }
}
