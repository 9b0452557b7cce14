package io.teleport.protocol.thrift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.teleport.filter.TransferFilters;
import io.teleport.filter.md5.Md5Filter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.protocol.MessageTooLargeException;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.ProtocolException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other writers than Go's may send. Frames are in hexadecimal, white space between their parts. */
class ThriftReadingTests {

    private static final ByteBufAllocator POOL = PooledByteBufAllocator.DEFAULT;

    private static final Protocol BINARY = new ThriftBinaryProtocol();

    private static final Protocol STRUCT = new ThriftStructProtocol();

    /** CALL number 5 of {@code /a}. */
    private static final String CALL = " 80010001 00000002 2f61 00000005 ";

    private static void read(Protocol protocol, String hex, Consumer<Message> assertion) {
        ProtocolContext context =
                new ProtocolContext(true, 1 << 20, TransferFilters.of(List.of(new Md5Filter('m'))), POOL);
        ByteBuf in = POOL.buffer().writeBytes(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
        try {
            Message message = protocol.newFrameCodec(context).decode(in);
            assertThat(message).as("message").isNotNull();
            assertThat(in.isReadable()).as("bytes left").isFalse();
            assertion.accept(message);
            message.release();
        } finally {
            in.release();
        }
    }

    /** A frame of these parts: the header block without its length, filled up to whole words, and what follows. */
    private static String frame(String block, String rest) {
        String bare = block.replaceAll("\\s", "");
        String padded = bare + "00".repeat(-(bare.length() / 2) & 3);
        String content = "0fff 0000 00000005" + "%04x".formatted(padded.length() / 8) + padded + rest;
        int length = content.replaceAll("\\s", "").length() / 2;
        return "%08x".formatted(length) + content;
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** A header of a text key. */
    private static String header(String key, String valueHex) {
        return "%02x".formatted(key.length()) + hex(key) + "%02x".formatted(valueHex.length() / 2) + valueHex;
    }

    @Test
    void headersMayBeAbsent() {
        read(BINARY, frame("00 00", CALL + "00000001 78"), message -> {
            assertThat(message.header().type()).isEqualTo(MessageType.CALL);
            assertThat(message.header().sequence()).isEqualTo(5);
            assertThat(message.header().serviceMethod()).isEqualTo("/a");
            assertThat(message.header().status()).isEqualTo(Status.OK);
            assertThat(message.header().metadata()).isEqualTo(Metadata.empty());
            assertThat(message.header().bodyCodec()).isZero();
            assertThat(message.header().filters()).isEqualTo(FilterIds.none());
            assertThat(ByteBufUtil.getBytes(message.body())).containsExactly('x');
        });
    }

    @Test
    void headersMayComeInAnyOrderAndInSeveralPartsAndTheLastOfARepeatedOneCounts() {
        String block = "00 00 01 03" + header("Tp-Meta", hex("a=1")) + header("x-trace", "ff00")
                + header("Tp-BodyCodec", hex("j")) + "01 02" + header("Tp-Status", hex("code=7"))
                + header("Tp-Meta", hex("b=2"));
        read(BINARY, frame(block, CALL + "00000000"), message -> {
            assertThat(message.header().metadata()).isEqualTo(Metadata.of("b", "2"));
            assertThat(message.header().status()).isEqualTo(Status.of(7));
            assertThat(message.header().bodyCodec()).isEqualTo('j');
        });
    }

    @Test
    void informationOfAnotherKindEndsTheHeaders() {
        String block = "00 00 01 01" + header("Tp-BodyCodec", hex("j")) + "02 01" + header("Tp-BodyCodec", hex("x"));
        read(
                BINARY,
                frame(block, CALL + "00000000"),
                message -> assertThat(message.header().bodyCodec()).isEqualTo('j'));
    }

    @ParameterizedTest
    @CsvSource({"6a, 106", "00, 0", "80, 128", "ff, 255", "c280, 128", "c38f, 207", "c3bf, 255"})
    void aCodecIdIsAByteOrACharacter(String hex, int id) {
        read(
                BINARY,
                frame("00 00 01 01" + header("Tp-BodyCodec", hex), CALL + "00000000"),
                message -> assertThat(message.header().bodyCodec()).isEqualTo(id));
    }

    @ParameterizedTest
    @CsvSource({"1, CALL", "2, REPLY", "4, PUSH", "0, PUSH", "5, PUSH", "255, PUSH"})
    void aTypeThatIsUnknownIsPushAsInGo(int thriftType, MessageType type) {
        read(
                BINARY,
                frame("00 00", "8001ff%02x 00000000 00000005 00000000".formatted(thriftType)),
                message -> assertThat(message.header().type()).isEqualTo(type));
    }

    @Test
    void flagsAndTheSequenceOfTheFrameDoNotMatter() {
        read(
                BINARY,
                "0000001e 0fff ffff 00000099 0001 00000000 80010002 00000000 fffffffe 00000000",
                message -> assertThat(message.header().sequence()).isEqualTo(-2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    00000019                                  | frame announces 25 bytes (it holds at least 26)
                    00000000                                  | frame announces 0 bytes (it holds at least 26)
                    80010001                                  | message without THeader, which has no place for a status (expected a THeader frame)
                    00000100 80010001                         | message without THeader, which has no place for a status (expected a THeader frame)
                    00000100 0ffe0000                         | frame starts with 0xffe (expected 0xfff)
                    """)
    void aFrameIsRefusedAsSoonAsItIsNoFrame(String hex, String refusal) {
        assertThatThrownBy(() -> read(BINARY, hex, message -> {}))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("thrift: " + refusal);
    }

    @Test
    void unframedMessagesInTheCompactProtocolAreTakenForALength() {
        assertThatThrownBy(() -> read(BINARY, "82210100", message -> {})).isInstanceOf(MessageTooLargeException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0200                                      | message is in protocol 2 (expected 0, binary)
                    000101                                    | message went through 1 transforms (expected none, transfer filters do that)
                    80808080 80                               | the protocol is a number of more than 5 bytes
                    0080808080 08                             | the number of transforms is 2147483648 (at most 2147483647)
                    00ffffffff 7f                             | the number of transforms is 34359738367 (at most 2147483647)
                    000001ffffffff07 0000                     | header block ends inside the length of a header's key
                    00000180                                  | header block ends inside the number of headers
                    00000101                                  | header block ends inside the length of a header's key
                    0000010105616263                          | header block ends inside a header's key, which takes 5 bytes; 3 are left
                    0000010101610562                          | header block ends inside a header's value, which takes 5 bytes; 1 are left
                    00000101ffffffff07616263                  | header block ends inside a header's key, which takes 2147483647 bytes; 3 are left
                    """)
    void aBrokenHeaderBlockIsRefused(String block, String refusal) {
        assertThatThrownBy(() -> read(BINARY, frame(block, CALL + "00000000"), message -> {}))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("thrift: " + refusal);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Tp-BodyCodec | c480         | body codec is 2 bytes that are no id from 0 to 255
                    Tp-BodyCodec | ffff         | body codec is 2 bytes that are no id from 0 to 255
                    Tp-XferPipe  | 3f           | unsupported transfer filter id: 63
                    """)
    void aHeaderThatMeansNothingIsRefused(String key, String value, String refusal) {
        assertThatThrownBy(() ->
                        read(BINARY, frame("00 00 01 01" + header(key, value), CALL + "00000000"), message -> {}))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("thrift: " + refusal);
    }

    @Test
    void aPipeTakes255Filters() {
        String block = "00 00 01 01" + "0b" + hex("Tp-XferPipe") + "8002" + "6d".repeat(256);
        assertThatThrownBy(() -> read(BINARY, frame(block, CALL + "00000000"), message -> {}))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("thrift: message names 256 transfer filters (at most 255)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    80020001 00000000 00000005 00000000       | message starts with 0x80020001 (expected 0x8001....)
                    00000002 2f61 01 00000005 00000000        | message starts with 0x2 (expected 0x8001....)
                    80010001 ffffffff 00000005 00000000       | length of the service method is negative: -1
                    80010001 7fffffff 00000005 00000000       | frame ends inside the service method, which takes 2147483647 bytes; 8 are left
                    80010001 00000005 00000005 00             | frame ends inside the sequence, which takes 4 bytes; 0 are left
                    80010001 00000000 00000005 000000         | frame ends inside the length of the body
                    80010001 00000000 00000005 ffffffff       | length of the body is 4294967295 but 0 bytes are left in the frame
                    80010001 00000000 00000005 00000002 61    | length of the body is 2 but 1 bytes are left in the frame
                    80010001 00000000 00000005 00000000 61    | length of the body is 0 but 1 bytes are left in the frame
                    80010003 00000000 00000005 0b0001 00000003 6e6f0a 080002 00000001 00 | the other side sent an exception: no?
                    80010003 00000000 00000005 0b0001 ffffffff                           | the other side sent an exception
                    80010003 00000000 00000005 0b0001 7fffffff 6e6f                      | the other side sent an exception: no
                    80010003 00000000 00000005 00                                        | the other side sent an exception
                    """)
    void aBrokenMessageIsRefused(String message, String refusal) {
        assertThatThrownBy(() -> read(BINARY, frame("00 00", message), read -> {}))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("thrift: " + refusal);
    }

    @Test
    void aHeaderBlockLongerThanTheFrameIsRefused() {
        assertThatThrownBy(() -> read(
                        BINARY, "0000001a 0fff0000 00000005 ffff 00000000 80010001 00000000 00000005", message -> {}))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("thrift: header block of 262140 bytes is longer than the 16 that are left in the frame");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                        | struct ends inside a field, which takes at least 1 bytes; 0 are left
                    0b0001 00000002 68                        | struct ends inside a text, which takes at least 2 bytes; 1 are left
                    0b0001 00000002 6869                      | struct ends inside a field, which takes at least 1 bytes; 0 are left
                    00 00                                     | 1 bytes are left behind the struct
                    0f0001 0c 7fffffff                        | struct ends inside a list, which takes at least 2147483647 bytes; 0 are left
                    """)
    void aBodyThatIsNoStructIsRefused(String body, String refusal) {
        assertThatThrownBy(() -> read(STRUCT, frame("00 00", CALL + body), message -> {}))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("thrift: " + refusal);
    }

    @Test
    void aStructNestedTooDeepIsRefused() {
        read(
                STRUCT,
                frame("00 00", CALL + "0c0001".repeat(99) + "00".repeat(100)),
                message -> assertThat(message.body().readableBytes()).isEqualTo(397));
        assertThatThrownBy(() -> read(STRUCT, frame("00 00", CALL + "0c0001".repeat(100_000)), message -> {}))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("thrift: struct is nested deeper than 100");
    }

    /** Case error-body-nil of thrift-struct.json, as a REPLY; or behind another message, with the headers of that one. */
    @ParameterizedTest
    @CsvSource({"00 00", "00 00 01 01 09 54702d537461747573 06 636f64653d30"})
    void aReplyThatGoBrokeOffIsAFailure(String block) {
        read(STRUCT, frame(block, "80010002 00000000 00000005"), message -> {
            assertThat(message.header().sequence()).isEqualTo(5);
            assertThat(message.header().type()).isEqualTo(MessageType.REPLY);
            assertThat(message.header().status().code()).isEqualTo(400);
            assertThat(message.header().status().cause()).startsWith("thrift: reply without a struct");
            assertThat(message.body().isReadable()).isFalse();
        });
    }
}
