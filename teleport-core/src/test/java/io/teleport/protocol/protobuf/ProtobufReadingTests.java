package io.teleport.protocol.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.teleport.filter.TransferFilters;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.WireText;
import io.teleport.protocol.EncodeException;
import io.teleport.protocol.MessageFilters;
import io.teleport.protocol.PayloadCodec;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.ProtocolException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtobufReadingTests {

    private static final ProtocolContext CONTEXT =
            new ProtocolContext(true, 1 << 20, TransferFilters.of(List.of()), PooledByteBufAllocator.DEFAULT);

    private static final PayloadCodec FRAMED = new ProtobufPayload();

    private static final PayloadCodec WHOLE = new ProtobufSubPayload(new MessageFilters("protobuf", CONTEXT));

    private static void read(PayloadCodec codec, String hex, Consumer<Message> assertion) {
        ByteBuf in = PooledByteBufAllocator.DEFAULT
                .buffer()
                .writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
        try {
            Message message = codec.read(in, FilterIds.none(), in.readableBytes());
            assertion.accept(message);
            message.release();
        } finally {
            in.release();
            assertThat(in.refCnt()).isZero();
        }
    }

    private static String body(Message message) {
        return WireText.decode(message.body().duplicate(), message.body().readableBytes());
    }

    @Test
    void nothingAtAllIsTheEmptyMessage() {
        read(FRAMED, "", message -> {
            assertThat(message.header())
                    .isEqualTo(new MessageHeader(0, 0, "", Status.OK, Metadata.empty(), 0, FilterIds.none()));
            assertThat(message.body().isReadable()).isFalse();
        });
    }

    @Test
    void fieldsMayComeInAnyOrderAndTheLastOfARepeatedOneCounts() {
        read(FRAMED, "3a0161 08ff01 2a0161 1a022f61 3a0162 0807 10808000 30ff01 1002 2203 613d31", message -> {
            assertThat(message.header())
                    .isEqualTo(
                            new MessageHeader(7, 2, "/a", Status.of(0), Metadata.of("a", ""), 255, FilterIds.none()));
            assertThat(body(message)).isEqualTo("b");
        });
    }

    @Test
    void unknownFieldsOfEveryWireTypeAreSkipped() {
        read(
                FRAMED,
                "4001 4908090a0b0c0d0e0f 52027878 5b 5b5c 0801 5c 6501020304 f8ffffff0f01 0803",
                message -> assertThat(message.header().sequence()).isEqualTo(3));
    }

    @Test
    void aNegativeNumberMayTakeTenBytesOrFive() {
        read(
                FRAMED,
                "08ffffffffffffffffff01",
                message -> assertThat(message.header().sequence()).isEqualTo(-1));
        read(
                FRAMED,
                "08ffffffff0f",
                message -> assertThat(message.header().sequence()).isEqualTo(-1));
        read(
                FRAMED,
                "0880808080f8ffffffff01",
                message -> assertThat(message.header().sequence()).isEqualTo(Integer.MIN_VALUE));
    }

    @Test
    void overWebSocketTheStatusIsTheEighthField() {
        read(
                WHOLE,
                "0801 4208 636f64653d343034",
                message -> assertThat(message.header().status()).isEqualTo(Status.of(404)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    00                         | 0 is not the tag of a field
                    0701                       | 7 is not the tag of a field
                    ffffffffffffffffff01       | 18446744073709551615 is not the tag of a field
                    80                         | message ends inside the number of tag of a field
                    08                         | message ends inside the number of seq
                    0880                       | message ends inside the number of seq
                    0880808080808080808080 01  | number of seq is longer than 10 bytes
                    088080808010               | seq 4294967296 does not fit 32 bits
                    0880808080f0ffffffff01     | seq -4294967296 does not fit 32 bits
                    0a0161                     | seq has the wire type 2 (expected 0)
                    0d01020304                 | seq has the wire type 5 (expected 0)
                    108002                     | mtype 256 is not a byte (0 to 255)
                    10ffffffffffffffffff01     | mtype -1 is not a byte (0 to 255)
                    308002                     | bodyCodec 256 is not a byte (0 to 255)
                    1801                       | serviceMethod has the wire type 0 (expected 2)
                    1a0261                     | message ends inside serviceMethod, which takes 2 bytes; 1 are left
                    22ffffffff0f               | message ends inside status, which takes 4294967295 bytes; 0 are left
                    2affffffffffffffffff01     | message ends inside meta, which takes 18446744073709551615 bytes; 0 are left
                    3a05616263                 | message ends inside body, which takes 5 bytes; 3 are left
                    3d01020304                 | body has the wire type 5 (expected 2)
                    420261                     | message ends inside unknown field 8, which takes 2 bytes; 1 are left
                    41010203                   | message ends inside unknown field 8, which takes 8 bytes; 3 are left
                    450102                     | message ends inside unknown field 8, which takes 4 bytes; 2 are left
                    43                         | message ends inside group 8
                    434c                       | unknown field 9 has the wire type 4, which has no meaning here
                    44                         | unknown field 8 has the wire type 4, which has no meaning here
                    46                         | unknown field 8 has the wire type 6, which has no meaning here
                    47                         | unknown field 8 has the wire type 7, which has no meaning here
                    """)
    void isRefusedWithWhatWasFound(String hex, String found) {
        assertThatThrownBy(() -> read(FRAMED, hex, message -> {}))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("protobuf: " + found);
    }

    @Test
    void nestingUpToAHundredIsSkipped() {
        read(
                FRAMED,
                "43".repeat(100) + "44".repeat(100) + "0803",
                message -> assertThat(message.header().sequence()).isEqualTo(3));
        assertThatThrownBy(() -> read(FRAMED, "43".repeat(200_000), message -> {}))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("protobuf: groups are nested deeper than 100");
    }

    @Test
    void filtersInsideTheMessageAreChecked() {
        assertThatThrownBy(() -> read(WHOLE, "320161 3a013f", message -> {}))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("protobuf: unsupported transfer filter id: 63");
        assertThatThrownBy(() -> read(WHOLE, "3a8002" + "01".repeat(256), message -> {}))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("protobuf: xferPipe names 256 transfer filters (at most 255)");
    }

    @Test
    void aServiceMethodThatIsNotUtf8CannotBeSentButOverWebSocket() {
        MessageHeader header = new MessageHeader(0, 0, "/a\udcff", Status.OK, Metadata.empty(), 0, FilterIds.none());
        ByteBuf out = Unpooled.buffer();

        assertThatThrownBy(() -> FRAMED.write(header, body -> {}, out))
                .isInstanceOf(EncodeException.class)
                .hasMessage("protobuf: service method is not UTF-8, which this protocol demands");
        WHOLE.write(header, body -> {}, out.clear());
        assertThat(HexFormat.of().formatHex(out.array(), 0, out.readableBytes()))
                .isEqualTo("1a032f61ff");
    }
}
