package io.teleport.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.teleport.socket.CloseReason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of a type that has no meaning, or none at this moment. */
class MessageTypeTests extends WireCase {

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 5, 6, 255})
    void aTypeThatIsNotForSessionsEndsTheConnection(int type) throws Exception {
        assumeThat(wire.carriesEveryType()).as("has a place for it").isTrue();
        try (Attacker attacker = target.attacker()) {
            attacker.send(wire.message(wire.header(type, 1, "/echo"), wire.body()));
            attacker.rest();
            target.assertEnded(attacker, CloseReason.PROTOCOL_ERROR, "unsupported message type: " + type);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 6, 255})
    void inThriftItIsAPush(int type) throws Exception {
        assumeThat(wire.isThrift()).as("Thrift").isTrue();
        try (Attacker attacker = target.attacker()) {
            attacker.send(ofThriftType(type), wire.call(2, "/echo"));
            assertThat(attacker.hear().sequence()).isEqualTo(2);
        }
        target.assertUnharmed();
    }

    @Test
    void anExceptionOfThriftEndsTheConnection() throws Exception {
        assumeThat(wire.isThrift()).as("Thrift").isTrue();
        try (Attacker attacker = target.attacker()) {
            attacker.send(ofThriftType(3));
            attacker.rest();
            target.assertEnded(attacker, CloseReason.PROTOCOL_ERROR, "thrift: the other side sent an exception");
        }
    }

    private byte[] ofThriftType(int type) {
        ByteBuf call = Unpooled.wrappedBuffer(wire.call(1, "/echo"));
        int start = 14 + 4 * call.getUnsignedShort(12);
        assertThat(call.getInt(start)).isEqualTo(0x80010001);
        return ByteBufUtil.getBytes(call.setByte(start + 3, type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2", "3", "5", "6", "255", "256", "-1", "x", ""})
    void inHttpOnlyTwoTypesAreThoseOfRequests(String type) throws Exception {
        assumeThat(wire).isEqualTo(Wire.HTTP);
        try (Attacker attacker = target.attacker()) {
            attacker.send(("POST /echo HTTP/1.1\r\nX-Seq: 1\r\nX-Mtype: " + type + "\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(attacker.rest()).startsWith("HTTP/1.1 400 ");
            target.assertEnded(attacker, CloseReason.PROTOCOL_ERROR, "http: X-Mtype");
        }
    }
}
