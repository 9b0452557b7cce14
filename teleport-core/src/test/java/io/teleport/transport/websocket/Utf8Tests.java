package io.teleport.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8Tests {

    private static boolean jdkAccepts(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void assertAsTheJdk(byte... bytes) {
        assertThat(Utf8.isValid(Unpooled.wrappedBuffer(bytes)))
                .as(() -> ByteBufUtil.hexDump(bytes))
                .isEqualTo(jdkAccepts(bytes));
    }

    @Test
    void agreesWithTheJdkOnAllSequencesOfTwoBytes() {
        for (int two = 0; two <= 0xffff; two++) {
            assertAsTheJdk((byte) (two >> 8), (byte) two);
        }
    }

    @Test
    void agreesWithTheJdkOnTheEdgesOfLongerSequences() {
        int[] edges = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xff};
        for (int first = 0xe0; first <= 0xff; first++) {
            for (int second : edges) {
                for (int third : edges) {
                    assertAsTheJdk((byte) first, (byte) second, (byte) third);
                    for (int fourth : edges) {
                        assertAsTheJdk((byte) first, (byte) second, (byte) third, (byte) fourth);
                    }
                }
            }
        }
    }

    @Test
    void emptyIsText() {
        assertAsTheJdk();
    }
}
