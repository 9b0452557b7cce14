package io.teleport.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.teleport.filter.TransferFilters;
import io.teleport.filter.md5.Md5Filter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.WireText;
import io.teleport.protocol.InMessages;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.ProtocolContext;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonWritingTests {

    private static final ProtocolContext CONTEXT = new ProtocolContext(
            true, 1 << 20, TransferFilters.of(List.of(new Md5Filter('m'))), PooledByteBufAllocator.DEFAULT);

    private static final int ROUNDS = 400;

    private static final String[] PIECES = {
        "\"",
        "\\",
        "\n",
        "\t",
        "\0",
        "\u0007",
        "\u001f",
        "\u007f",
        "a",
        "\u00e9",
        "\ud83d\ude00",
        "\\n",
        "\\\"",
        "\u2028"
    };

    private static MessageHeader header(String serviceMethod, FilterIds filters) {
        return new MessageHeader(1, 1, serviceMethod, Status.OK, Metadata.empty(), 115, filters);
    }

    private static String encode(Protocol protocol, MessageHeader header, String body, int skipped) {
        ByteBuf out = PooledByteBufAllocator.DEFAULT.buffer();
        try {
            protocol.newFrameCodec(CONTEXT).encode(header, text -> WireText.encode(body, text), out);
            out.skipBytes(skipped);
            return WireText.decode(out, out.readableBytes());
        } finally {
            out.release();
        }
    }

    private static String framed(String serviceMethod, String body) {
        return encode(new JsonProtocol(), header(serviceMethod, FilterIds.none()), body, 5);
    }

    private static String whole(String body, int... filters) {
        return encode(new InMessages(new JsonProtocol()), header("", FilterIds.of(filters)), body, 0);
    }

    private static String random(Random random, int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(pieces); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    @Test
    void aBodyThatGoReadsRightIsWrittenAsByGo() {
        assertThat(framed("", "{\"a\":\"b\"}")).endsWith(",\"body\":\"{\\\"a\\\":\\\"b\\\"}\"}");
        assertThat(framed("", "a\n\0\udcff")).endsWith(",\"body\":\"a\n\0\udcff\"}");
        assertThat(framed("", "")).endsWith(",\"body\":\"\"}");
    }

    @Test
    void aBodyThatGoWouldMisreadIsAJsonStringWithASpaceInFront() {
        assertThat(framed("", "C:\\dir")).endsWith(",\"body\": \"C:\\\\dir\"}");
        assertThat(framed("", "\\")).endsWith(",\"body\": \"\\\\\"}");
        assertThat(framed("", "\"\n\"")).endsWith(",\"body\": \"\\\"\\n\\\"\"}");
        assertThat(framed("", "\\\b\f\n\r\t\0\u001f\u007f\udcff"))
                .endsWith(",\"body\": \"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\udcff\"}");
    }

    @Test
    void overWebSocketControlCharactersOfAnUnfilteredBodyAreEscaped() {
        assertThat(whole("a\nb")).endsWith(",\"body\": \"a\\nb\",\"xferPipe\":[]}");
        assertThat(whole("a\nb", 'm')).contains(",\"body\":\"a\nb").endsWith("\",\"xferPipe\":[109]}");
    }

    @ParameterizedTest
    @ValueSource(chars = {0x00, 0x07, 0x0b, 0x7f, 0x80, 0xa0, 0x200b, 0x2028, 0xe000})
    void aCharacterThatDoesNotPrintIsEscapedInAServiceMethodAsGoReadsIt(char character) {
        String escaped = String.format("\\u%04x", (int) character);
        assertThat(framed("/a" + character + 'b', "")).contains("\"serviceMethod\":\"/a" + escaped + "b\"");
    }

    @Test
    void aServiceMethodMayHoldAnyCharacterAndAnyByte() {
        assertThat(framed("\"\\\n/\u4e16\ud83d\ude00\udcff \ufffd", ""))
                .contains("\"serviceMethod\":\"\\\"\\\\\\n/\u4e16\ud83d\ude00\udcff \ufffd\"");
    }

    @Test
    void aStatusThatIsNotOkIsWrittenOverWebSocketBehindTheServiceMethod() {
        MessageHeader reply = new MessageHeader(
                1, 2, "/a", Status.of(404, "Not Found"), Metadata.of("a", "b"), 106, FilterIds.none());
        assertThat(encode(new InMessages(new JsonProtocol()), reply, "", 0))
                .isEqualTo("{\"seq\":1,\"mtype\":2,\"serviceMethod\":\"/a\",\"status\":\"code=404&msg=Not%20Found\","
                        + "\"meta\":\"a=b\",\"bodyCodec\":106,\"body\":\"\",\"xferPipe\":[]}");
    }

    @Test
    void overWebSocketTextIsAlwaysValidJson() {
        JsonMapper strict = new JsonMapper();
        Random random = new Random(3);
        for (int i = 0; i < ROUNDS; i++) {
            String body = random(random, 12);
            String method = random(random, 6);
            String text = encode(new InMessages(new JsonProtocol()), header(method, FilterIds.none()), body, 0);

            JsonNode object = strict.readTree(text);
            assertThat(object.required("body").asString()).isEqualTo(body);
            assertThat(object.required("serviceMethod").asString()).isEqualTo(method);
        }
    }

    @Test
    void theBufferMayBeMadeOfSeveralParts() {
        CompositeByteBuf out = PooledByteBufAllocator.DEFAULT.compositeBuffer(64);
        for (int i = 0; i < 40; i++) {
            out.addComponent(PooledByteBufAllocator.DEFAULT.buffer(7).writeZero(7));
        }
        new InMessages(new JsonProtocol())
                .newFrameCodec(CONTEXT)
                .encode(header("", FilterIds.none()), text -> WireText.encode("a\\b\"\n".repeat(20), text), out);

        assertThat(WireText.decode(out, out.readableBytes())).isEqualTo(whole("a\\b\"\n".repeat(20)));
        out.release();
    }

    @Test
    void everyTextComesBack() {
        Random random = new Random(4);
        for (Protocol protocol : List.of(new JsonProtocol(), new InMessages(new JsonProtocol()))) {
            for (int i = 0; i < ROUNDS; i++) {
                MessageHeader header =
                        header(random(random, 6), random.nextBoolean() ? FilterIds.none() : FilterIds.of('m', 'm'));
                String body = random(random, 12);
                ByteBuf bytes = PooledByteBufAllocator.DEFAULT.buffer();
                protocol.newFrameCodec(CONTEXT).encode(header, text -> WireText.encode(body, text), bytes);
                Message message = protocol.newFrameCodec(CONTEXT).decode(bytes);

                assertThat(message).isNotNull();
                assertThat(message.header()).isEqualTo(header);
                assertThat(WireText.decode(message.body(), message.body().readableBytes()))
                        .isEqualTo(body);
                message.release();
                bytes.release();
            }
        }
    }
}
