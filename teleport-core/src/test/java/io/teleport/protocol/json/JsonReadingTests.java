package io.teleport.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.teleport.filter.TransferFilters;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.WireText;
import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.InMessages;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.ProtocolException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonReadingTests {

    private static final ProtocolContext CONTEXT =
            new ProtocolContext(true, 1 << 20, TransferFilters.of(List.of()), PooledByteBufAllocator.DEFAULT);

    private static void read(FrameCodec codec, ByteBuf in, Consumer<Message> assertion) {
        try {
            Message message = codec.decode(in);
            assertThat(message).isNotNull();
            assertion.accept(message);
            message.release();
        } finally {
            in.release();
            assertThat(in.refCnt()).isZero();
        }
    }

    private static ByteBuf bytes(String text) {
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.buffer();
        WireText.encode(text, bytes);
        return bytes;
    }

    private static void readFramed(String text, Consumer<Message> assertion) {
        ByteBuf payload = bytes(text);
        ByteBuf frame = PooledByteBufAllocator.DEFAULT.buffer();
        frame.writeInt(1 + payload.readableBytes()).writeByte(0).writeBytes(payload);
        payload.release();
        read(new JsonProtocol().newFrameCodec(CONTEXT), frame, assertion);
    }

    private static void readWhole(String text, Consumer<Message> assertion) {
        read(new InMessages(new JsonProtocol()).newFrameCodec(CONTEXT), bytes(text), assertion);
    }

    private static String body(Message message) {
        return WireText.decode(message.body().duplicate(), message.body().readableBytes());
    }

    private static void assertServiceMethod(String quoted, String expected) {
        readFramed(
                "{\"serviceMethod\":\"" + quoted + "\"}",
                message -> assertThat(message.header().serviceMethod()).isEqualTo(expected));
    }

    private static void assertBody(String object, String expected) {
        readFramed(object, message -> assertThat(body(message)).isEqualTo(expected));
    }

    @Test
    void keysMayComeInAnyOrderWithWhiteSpaceAndUnknownOnesBetween() {
        readFramed("""
                { "x" : {"a":[1,-2.5e+3,true,false,null,"\\"}"],"b":{}},
                  "bodyCodec" : 115 , "meta":"a=1&b", "\\u0073eq":-7,
                  "body" : "text", "y":[[]], "mtype":2,
                \t"serviceMethod":"/a", "status":"code=404&msg=no" }
                """, message -> {
            assertThat(message.header())
                    .isEqualTo(new MessageHeader(
                            -7,
                            2,
                            "/a",
                            Status.of(404, "no"),
                            Metadata.builder().add("a", "1").add("b", "").build(),
                            115,
                            FilterIds.none()));
            assertThat(body(message)).isEqualTo("text");
        });
    }

    @Test
    void whatIsMissingOrNullIsZeroOrEmpty() {
        MessageHeader empty = new MessageHeader(0, 0, "", Status.OK, Metadata.empty(), 0, FilterIds.none());
        for (String text : List.of(
                "{}",
                " { } ",
                "{\"seq\":null,\"mtype\":null,\"serviceMethod\":null,\"status\":null,\"meta\":null,\"bodyCodec\":null,"
                        + "\"body\":null,\"xferPipe\":null}")) {
            readFramed(text, message -> assertThat(message.header()).isEqualTo(empty));
            readWhole(text, message -> {
                assertThat(message.header()).isEqualTo(empty);
                assertThat(body(message)).isEmpty();
            });
        }
    }

    @Test
    void everyNumberThatFitsIsRead() {
        readFramed("{\"seq\":2147483647,\"mtype\":255,\"bodyCodec\":0}", message -> {
            assertThat(message.header().sequence()).isEqualTo(Integer.MAX_VALUE);
            assertThat(message.header().typeId()).isEqualTo(255);
        });
        readFramed("{\"seq\":-2147483648,\"bodyCodec\":255}", message -> {
            assertThat(message.header().sequence()).isEqualTo(Integer.MIN_VALUE);
            assertThat(message.header().bodyCodec()).isEqualTo(255);
        });
    }

    @Test
    void escapesOfJsonAreUndone() {
        assertServiceMethod("\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t");
        assertServiceMethod("\\u0000\\u00e9\\u4E16\\ud83d\\ude00.", "\0\u00e9\u4e16\ud83d\ude00.");
    }

    @Test
    void escapesOfGoAreUndone() {
        assertServiceMethod("\\a\\v\\x00\\x7f\\U0001f600\\'", "\u0007\u000b\0\u007f\ud83d\ude00'");
        assertServiceMethod("/bad\\xff\\xc3(", "/bad\udcff\udcc3(");
    }

    @Test
    void halvesOfAPairThatStandAloneBecomeTheReplacementCharacter() {
        assertServiceMethod("\\ud83d", "\ufffd");
        assertServiceMethod("\\ude00\\ud83d", "\ufffd\ufffd");
        assertServiceMethod("\\ud83d\\u0041", "\ufffdA");
        assertServiceMethod("\\ud83d\\n", "\ufffd\n");
    }

    @Test
    void bytesThatAreNotUtf8AndControlCharactersArePlain() {
        assertServiceMethod("a\udcff\n\t\u0001", "a\udcff\n\t\u0001");
    }

    @Test
    void aBodyAtTheEndIsReadAsGoWritesIt() {
        assertBody("{\"seq\":1,\"body\":\"a\\\\\"b\\n\\u0041\\q\\\"}", "a\\\"b\\n\\u0041\\q\\");
        assertBody("{\"body\":\"\"}", "");
        assertBody("{\"body\":\"\\\"\"}", "\"");
        assertBody("{\"body\":\"C:\\\\dir\"}", "C:\\\\dir");
    }

    @Test
    void aBodyInFrontOfTheListOfFiltersIsReadAsGoWritesIt() {
        readWhole(
                "{\"body\":\"\\\",\\\"xferPipe\\\":[1]}\\\",\"xferPipe\":[]}",
                message -> assertThat(body(message)).isEqualTo("\",\"xferPipe\":[1]}\\"));
    }

    @Test
    void aBodyAnywhereElseIsAJsonString() {
        assertBody("{\"body\": \"a\\\\\\\"b\\n\\u0041\"}", "a\\\"b\nA");
        assertBody("{\"body\":\"a\\\\b\\n\",\"seq\":1}", "a\\b\n");
        assertBody("{\"body\":\"a\\\\b\\n\"}\n", "a\\b\n");
        readWhole(
                "{\"body\":\"a\\\\b\\n\"}", message -> assertThat(body(message)).isEqualTo("a\\b\n"));
        readWhole(
                "{\"xferPipe\":[],\"body\":\"a\\\\b\\n\"}",
                message -> assertThat(body(message)).isEqualTo("a\\b\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[1, \"a\\n\", {}] |", "{\"a\":1} |", "12.50 |", "-1 |", "true |", "false |"})
    void aBodyThatIsNoStringIsItsOwnText(String json) {
        assertBody("{\"body\":" + json + "}", json);
        assertBody("{\"body\": " + json + ",\"seq\":1}", json);
        readWhole(
                "{\"body\":" + json + ",\"xferPipe\":[]}",
                message -> assertThat(body(message)).isEqualTo(json));
    }

    @Test
    void theFramedProtocolDoesNotKnowFiltersInsideTheObject() {
        readFramed(
                "{\"xferPipe\":[63],\"body\":\"x\"}",
                message -> assertThat(message.header().filters()).isEqualTo(FilterIds.none()));
    }

    @Test
    void nestingUpToAHundredIsSkipped() {
        assertBody("{\"x\":" + "[".repeat(100) + "]".repeat(100) + ",\"body\":\"y\"}", "y");
        assertThatThrownBy(() -> assertBody("{\"x\":" + "[".repeat(101) + "]".repeat(101) + "}", ""))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("json: values are nested deeper than 100");
        assertThatThrownBy(() -> assertBody("{\"x\":" + "{\"y\":".repeat(200_000) + "}", ""))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("json: values are nested deeper than 100");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                    [] ~ found '[' at byte 0 where '{' was expected
                    no ~ found 'n' at byte 0 where '{' was expected
                    { ~ found the end of the message at byte 1 where a key, a string, was expected
                    {"seq" ~ found the end of the message at byte 6 where ':' was expected
                    {"seq":1 ~ found the end of the message at byte 8 where '}' was expected
                    {"seq":1,} ~ found '}' at byte 9 where a key, a string, was expected
                    {"seq":1}{} ~ found '{' at byte 9 where the end of the message was expected
                    {seq:1} ~ found 's' at byte 1 where a key, a string, was expected
                    {"seq":"1"} ~ found '"' at byte 7 where seq, a number, was expected
                    {"seq":-} ~ found '}' at byte 8 where seq, a number, was expected
                    {"seq":+1} ~ found '+' at byte 7 where seq, a number, was expected
                    {"seq":1.5} ~ found '.' at byte 8 where no fraction and no exponent in seq was expected
                    {"seq":1e3} ~ found 'e' at byte 8 where no fraction and no exponent in seq was expected
                    {"seq":2147483648} ~ seq is out of range (-2147483648 to 2147483647) before byte 17
                    {"seq":-2147483649} ~ seq is out of range
                    {"seq":99999999999999999999999999} ~ seq is out of range
                    {"seq":1,"seq":1} ~ key 'seq' comes twice
                    {"body":"a","seq":1,"body":"b"} ~ key 'body' comes twice
                    {"body":null,"body":"b"} ~ key 'body' comes twice
                    {"mtype":256} ~ mtype is out of range (0 to 255) before byte 12
                    {"mtype":-1} ~ mtype is out of range (0 to 255)
                    {"bodyCodec":300} ~ bodyCodec is out of range (0 to 255)
                    {"bodyCodec":true} ~ found 't' at byte 13 where bodyCodec, a number, was expected
                    {"serviceMethod":1} ~ found '1' at byte 17 where serviceMethod, a string, was expected
                    {"status":{}} ~ found '{' at byte 10 where status, a string, was expected
                    {"meta":[]} ~ found '[' at byte 8 where meta, a string, was expected
                    {"serviceMethod":"/a ~ message ends inside serviceMethod, a string that begins at byte 17
                    {"serviceMethod":"/a\\"} ~ message ends inside serviceMethod
                    {"serviceMethod":"\\q"} ~ unknown escape in serviceMethod: backslash and 'q'
                    {"serviceMethod":"\\u12"} ~ an escape in serviceMethod lacks some of its 4 hex digits
                    {"serviceMethod":"\\u12g4"} ~ an escape in serviceMethod lacks some of its 4 hex digits
                    {"serviceMethod":"\\xf"} ~ an escape in serviceMethod lacks some of its 2 hex digits
                    {"serviceMethod":"\\U0011ffff"} ~ serviceMethod escapes U+11FFFF, which is no character
                    {"serviceMethod":"\\Uffffffff"} ~ serviceMethod escapes U+FFFFFFFF, which is no character
                    {"body": "\\q"} ~ unknown escape in body: backslash and 'q'
                    {"body":"a"b"} ~ found 'b' at byte 11 where '}' was expected
                    {"body":"} ~ message ends inside body
                    {"body":nul} ~ found '}' at byte 11 where null was expected
                    {"body":tru} ~ found '}' at byte 11 where true was expected
                    {"body":-} ~ found '}' at byte 9 where a digit was expected
                    {"body":[1} ~ found '}' at byte 10 where ']' was expected
                    {"body":{1:2}} ~ found '1' at byte 9 where a key was expected
                    {"body":} ~ found '}' at byte 8 where a value was expected
                    {"x":?} ~ found '?' at byte 5 where a value was expected
                    """)
    void isRefusedWithWhatWasFound(String text, String found) {
        assertThatThrownBy(() -> readFramed(text, message -> {}))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith("json: " + found);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                    {"body":"a","xferPipe":1} ~ found '1' at byte 23 where '[' was expected
                    {"body":"a","xferPipe":[256]} ~ a filter id of xferPipe is out of range (0 to 255)
                    {"body":"a","xferPipe":[,]} ~ found ',' at byte 24 where a filter id of xferPipe, a number, was expected
                    {"body":"a","xferPipe":[1} ~ found '}' at byte 25 where ']' was expected
                    {"body":"a","xferPipe":[],"xferPipe":[]} ~ key 'xferPipe' comes twice
                    {"body":"a","xferPipe":[63]} ~ unsupported transfer filter id: 63
                    """)
    void filtersInsideTheObjectAreRefusedWithWhatWasFound(String text, String found) {
        assertThatThrownBy(() -> readWhole(text, message -> {}))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith("json: " + found);
    }

    @Test
    void moreThan255FiltersAreRefused() {
        String list = "1,".repeat(255) + "1";
        assertThatThrownBy(() -> readWhole("{\"xferPipe\":[" + list + "]}", message -> {}))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("json: xferPipe names more than 255 transfer filters");
    }
}
