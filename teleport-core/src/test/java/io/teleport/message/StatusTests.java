package io.teleport.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.testing.AllocatedBytes;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTests {

    @ParameterizedTest
    @ValueSource(strings = {"", "code=0"})
    void theOrdinarySuccessIsReadAsTheSharedObject(String query) {
        ByteBuf in = Unpooled.copiedBuffer(query + "!", StandardCharsets.US_ASCII);

        assertThat(Status.parseQuery(in, query.length())).isSameAs(Status.OK);
        assertThat(in.readableBytes()).isEqualTo(1);
        assertThat(Status.parseQuery(query)).isSameAs(Status.OK);
    }

    @ParameterizedTest
    @ValueSource(ints = {7, Integer.MAX_VALUE, -1})
    void aLengthThatIsNotThereIsRefusedBeforeAnythingIsRead(int length) {
        ByteBuf in = Unpooled.copiedBuffer("code=0", StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> Status.parseQuery(in, length)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(in.readableBytes()).isEqualTo(6);
    }

    @Test
    void anAnnouncedSuccessThatIsCutShortIsRefused() {
        ByteBuf in = Unpooled.copiedBuffer("code=", StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> Status.parseQuery(in, 6)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void percentFollowedByByteFfIsTakenLiterally() {
        assertThat(Status.parseQuery("code=1&msg=%\uDCFF0")).isEqualTo(Status.of(1, "%\uDCFF0"));
    }

    @ParameterizedTest
    @CsvSource({
        "-0, 0",
        "-, 0",
        "%2B, 0",
        "2147483648, 2147483647",
        "-2147483649, -2147483648",
        "4294967295x, 0",
        "4294967296x, 2147483647",
        "-4294967296x, -2147483648",
        "99999999999999999999999, 2147483647",
        "%D9%A1, 0",
    })
    void aCodeIsReadAsGoReadsIt(String text, int code) {
        assertThat(Status.parseQuery("code=" + text).code()).isEqualTo(code);
    }

    @Test
    void builtInStatusesOfKnownCodesAreShared() {
        assertThat(Status.builtIn(404)).isSameAs(Status.builtIn(404, null)).isSameAs(Status.builtIn(404, ""));
        assertThat(Status.builtIn(404)).isEqualTo(Status.of(404, "Not Found", ""));
        assertThat(Status.builtIn(404, "why")).isEqualTo(Status.of(404, "Not Found", "why"));
        assertThat(Status.builtIn(1234)).isEqualTo(Status.of(1234, "Unknown Error", ""));
        assertThat(Status.of(0)).isSameAs(Status.OK);
    }

    @Test
    void noCauseAndAnEmptyCauseDiffer() {
        Status none = Status.of(404, "Not Found");
        Status empty = none.withCause("");

        assertThat(empty).isNotEqualTo(none);
        assertThat(empty.withCause(null)).isEqualTo(none).hasSameHashCodeAs(none);
        assertThat(empty.withMsg("gone")).isEqualTo(Status.of(404, "gone", ""));
    }

    @Test
    void aSurrogateWithoutItsOtherHalfIsWrittenToJsonAsALostByte() {
        assertThat(Status.of(1, "a\uD83Db", "\uD83D\uDE00\uDCFF"))
                .hasToString("{\"code\":1,\"msg\":\"a\\ufffdb\",\"cause\":\"\uD83D\uDE00\\ufffd\"}");
    }

    @Test
    void jsonFieldsMayBeNullOrRepeatedAndObjectsNested() {
        String json = " {\"x\":{\"code\":9},\"code\":1,\"code\":2,\"msg\":\"m\",\"msg\":null,\"cause\":null} ";

        assertThat(Status.parseJson(json)).isEqualTo(Status.of(2, "m"));
    }

    @ParameterizedTest
    @MethodSource("unreadableJson")
    void unreadableJsonIsRefusedSayingWhatWasFound(String json, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Status.parseJson(json))
                .withMessageContaining(message);
    }

    static Stream<String[]> unreadableJson() {
        String code = "expected a whole number of 32 bits as code, found ";
        return Stream.of(
                new String[] {"{\"code\":\"1\"}", code + "\"1\""},
                new String[] {"{\"code\":1.5}", code + "1.5"},
                new String[] {"{\"code\":3000000000}", code + "3000000000"},
                new String[] {"{\"code\":1e0}", code + "1e0"},
                new String[] {"{\"code\":true}", code + "true"},
                new String[] {"{\"code\":[1]}", code + "an array"},
                new String[] {"{\"code\":\"" + "9".repeat(65) + "\"}", code + '"' + "9".repeat(64) + "…\""},
                new String[] {"{\"msg\":{}}", "expected a string as msg, found an object"},
                new String[] {"{\"cause\":7}", "expected a string as cause, found 7"},
                new String[] {"[1]", "expected an object, found an array"},
                new String[] {"\"x\"", "expected an object, found \"x\""},
                new String[] {"  ", "expected an object, found nothing"},
                new String[] {"{} 1", "expected nothing after the object, found 1"},
                new String[] {"{\"code\":1,\"msg\":\"a", "is not JSON"},
                new String[] {"{\"msg\":\"a\nb\"}", "is not JSON"},
                new String[] {"{\"x\":".repeat(100_000), "is not JSON"});
    }

    @Test
    void typesAreFoundByTheirNumberAndOthersAreUndefined() {
        assertThat(IntStream.range(0, 7).mapToObj(MessageType::of).map(MessageType::text))
                .containsExactly("Undefined", "CALL", "REPLY", "PUSH", "AUTH_CALL", "AUTH_REPLY", "Undefined");
        for (MessageType type : MessageType.values()) {
            assertThat(MessageType.of(type.id())).isSameAs(type);
        }
        assertThat(MessageType.of(255)).isSameAs(MessageType.UNDEFINED);
        assertThat(MessageType.of(-1)).isSameAs(MessageType.UNDEFINED);
    }

    @Test
    void whatElseItsQueryHoldsIsNotMadeIntoObjects() throws Exception {
        byte[] query = ("a&".repeat(1 << 20) + "code=500&msg=full").getBytes(StandardCharsets.US_ASCII);
        ByteBuf in = Unpooled.wrappedBuffer(query);

        assertThat(Status.parseQuery(in.duplicate(), query.length)).isEqualTo(Status.of(500, "full"));
        assertThat(AllocatedBytes.of(() -> Status.parseQuery(in.duplicate(), query.length)))
                .isLessThan(2L * query.length);
    }
}
