package io.teleport.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.codec.BodyCodec;
import io.teleport.codec.BodyCodecContract;
import io.teleport.codec.CodecException;
import io.teleport.codec.TypeRef;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class JsonBodyCodecTests extends BodyCodecContract {

    private enum Colour {
        RED,
        GREEN
    }

    private record Point(int x, double y) {}

    private record Order(
            String id, List<Point> points, Map<String, Long> counts, Colour colour, Optional<String> note) {}

    static final class Bean {

        private int count;

        private String name = "unset";

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            this.count = count;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    record Picky(int value) {
        Picky {
            if (value < 0) {
                throw new IllegalArgumentException("secret rule about " + value);
            }
        }
    }

    private final BodyCodec codec = new JsonBodyCodec();

    @Override
    protected BodyCodec codec() {
        return codec;
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample(true, boolean.class),
                new Sample(-1, int.class),
                new Sample(Long.MIN_VALUE, Long.class),
                new Sample(0.1, double.class),
                new Sample(1e300, Double.class),
                new Sample((byte) -128, byte.class),
                new Sample(new BigInteger("18446744073709551615"), BigInteger.class),
                new Sample(new BigDecimal("0.10"), BigDecimal.class),
                new Sample("", String.class),
                new Sample("\"\\/\b\f\n\r\t\u0000\u001f<>&\u2028\u2029\u00e9\u4e16\ud83d\ude00", String.class),
                new Sample(Colour.GREEN, Colour.class),
                new Sample(new Point(1, 2.5), Point.class),
                new Sample(List.of(new Point(1, 2), new Point(3, 4)), new TypeRef<List<Point>>() {}.type()),
                new Sample(Map.of("a", List.of(1, 2)), new TypeRef<Map<String, List<Integer>>>() {}.type()),
                new Sample(
                        new Order("o", List.of(new Point(0, 0)), Map.of("n", 1L), Colour.RED, Optional.of("n")),
                        Order.class),
                new Sample(List.of("any", 1, true), Object.class));
    }

    @Test
    void arraysComeBack() {
        assertThat(decode(encode(new int[] {3, 1, 2}), int[].class)).isEqualTo(new int[] {3, 1, 2});
        assertThat(decode(encode(new Point[] {new Point(1, 2)}), Point[].class)).isEqualTo(new Point[] {new Point(1, 2)
        });
    }

    @Test
    void unknownFieldsAreSkippedAndNamesMatchWithoutRegardToCase() {
        assertThat(decode("{\"X\":1,\"extra\":{\"deep\":[1]},\"Y\":2}", Point.class))
                .isEqualTo(new Point(1, 2));
    }

    @Test
    void absentAndNullFieldsLeaveAPrimitiveZero() {
        assertThat(decode("{}", Point.class)).isEqualTo(new Point(0, 0));
        assertThat(decode("{\"x\":null}", Point.class)).isEqualTo(new Point(0, 0));
        assertThat(decode("null", int.class)).isEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(classes = {String.class, Point.class, Bean.class, Integer.class, List.class, int[].class})
    void nullIsNullForWhatCanBeNull(Class<?> type) {
        assertThat(decode("null", type)).isNull();
    }

    @Test
    void whiteSpaceAroundAValueIsFine() {
        assertThat(decode(" \t\r\n5\n ", int.class)).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "5 6, json: more follows after the value at",
        "5 {}, json: more follows after the value at",
        "5 x, json: Unrecognized token 'x'",
        "5], json: Unexpected character",
    })
    void whatFollowsTheValueIsRefused(String text, String message) {
        assertThatThrownBy(() -> decode(text, int.class))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide)
                .hasMessageStartingWith(message);
    }

    @Test
    void nestingIsLimited() {
        String deepest = "[".repeat(100) + "]".repeat(100);

        assertThat(decode(deepest, Object.class)).isInstanceOf(List.class);
        assertThatThrownBy(() -> decode('[' + deepest + ']', Object.class))
                .isInstanceOf(CodecException.class)
                .hasMessageStartingWith("json: Document nesting depth (101) exceeds the maximum allowed (100)");
    }

    @Test
    void skippedFieldsCountToTheNestingToo() {
        String deep = "{\"unknown\":" + "[".repeat(100) + "]".repeat(100) + "}";

        assertThatThrownBy(() -> decode(deep, Point.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("exceeds the maximum allowed (100)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"x":"one"}            | json: expected a whole number, found text in x at line 1, column 6
            {"x":"5"}              | json: expected a whole number, found text in x at line 1, column 6
            {"x":5.0}              | json: expected a whole number, found a number with a fraction or exponent in x at line 1, column 6
            {"x":1e2}              | json: expected a whole number, found a number with a fraction or exponent in x at line 1, column 6
            {"x":true}             | json: expected a whole number, found a boolean in x at line 1, column 6
            {"x":[]}               | json: expected a whole number, found a list in x at line 1, column 6
            {"x":300000000000}     | json: Numeric value (300000000000) out of range of int
            [1]                    | json: expected an object, found a list at line 1, column 1
            "text"                 | json: expected an object, found text at line 1, column 1
            {"x":1                 | json: Unexpected end-of-input
            {'x':1}                | json: Unexpected character (''' (code 39))
            {"x":01}               | json: Invalid numeric value: Leading zeroes not allowed
            nonsense               | json: Unrecognized token 'nonsense'
            /* comment */ {}       | json: Unexpected character ('/' (code 47)): maybe a (non-standard) comment? at line 1, column 1
            NaN                    | json: Non-standard token 'NaN' at line 1, column 4
            """)
    void whatIsWrongIsSaidInTermsOfJson(String text, String message) {
        assertThatThrownBy(() -> decode(text, Point.class))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide)
                .hasMessageStartingWith(message);
    }

    @Test
    void thePlaceIsNamedAsAProgramWould() {
        assertThatThrownBy(() -> decode("{\"points\":[{},{\"y\":{}}]}", Order.class))
                .isInstanceOf(CodecException.class)
                .hasMessage("json: expected a number, found an object in points[1].y at line 1, column 20");
        assertThatThrownBy(() -> decode("{\"colour\":\"BLUE\"}", Order.class))
                .isInstanceOf(CodecException.class)
                .hasMessage("json: \"BLUE\" is not valid here in colour at line 1, column 11");
    }

    @Test
    void textIsNotMadeOfOtherValues() {
        for (String value : List.of("5", "1.5", "true", "[]", "{}")) {
            assertThatThrownBy(() -> decode(value, String.class))
                    .isInstanceOf(CodecException.class)
                    .hasMessageStartingWith("json: expected text, found ");
        }
    }

    @Test
    void whatAConstructorSaysStaysHere() {
        assertThatThrownBy(() -> decode("{\"value\":-1}", Picky.class))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide)
                .hasMessageNotContaining("secret")
                .hasMessageStartingWith("json: value is not accepted")
                .hasRootCauseMessage("secret rule about -1");
    }

    @Test
    void aTypeThatCannotBeReadIsRefused() {
        assertThatThrownBy(() -> decode("{}", Runnable.class))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide);
    }

    @Test
    void numbersWithoutFractionAreWrittenSoThatGoReadsThemAsIntegers() {
        assertThat(written(new double[] {1, 2.5, -0.0, 1e21})).isEqualTo("[1,2.5,-0,1e+21]");
        assertThat(written(new float[] {1, 0.1f})).isEqualTo("[1,0.1]");
        assertThat(written(List.of(3.0, 1e-7))).isEqualTo("[3,1e-7]");
        assertThat(written(new Point(1, 2))).isEqualTo("{\"x\":1,\"y\":2}");
        assertThat(written(new JsonMapper().readTree("{\"n\":4.0}"))).isEqualTo("{\"n\":4}");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numbersThatJsonDoesNotHaveAreRefused(double number) {
        for (Object value : List.of(number, new double[] {number}, (float) number, Map.of("n", number))) {
            assertThatThrownBy(() -> encode(value))
                    .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide);
        }
    }

    @Test
    void keysAreWrittenInOrderAndFieldsAsDeclared() {
        Map<String, Object> map = new java.util.LinkedHashMap<>();
        map.put("b", 1);
        map.put("a", 2);
        map.put("B", new Order("o", null, Map.of(), null, Optional.empty()));

        assertThat(written(map))
                .isEqualTo("{\"B\":{\"id\":\"o\",\"points\":null,\"counts\":{},\"colour\":null,\"note\":null},"
                        + "\"a\":2,\"b\":1}");
        assertThat(written(Map.of(new Point(1, 2), 3))).contains("3");
    }

    @Test
    void whatWasNotUtf8BecomesTheReplacementCharacter() {
        assertThat(written(Map.of("k\udcff", "v\udc80\ud83d\ude00\ud83d")))
                .isEqualTo("{\"k\ufffd\":\"v\ufffd\ud83d\ude00\ufffd\"}");
    }

    private String written(Object value) {
        return new String(encode(value), StandardCharsets.UTF_8);
    }

    @Test
    void aValueThatContainsItselfIsRefused() {
        Object[] self = new Object[1];
        self[0] = self;

        assertThatThrownBy(() -> encode(self))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide);
    }

    @Test
    void theZeroValueIsWhatGoHandsOut() {
        assertThat(codec.zero(int.class)).isEqualTo(0);
        assertThat(codec.zero(Long.class)).isEqualTo(0L);
        assertThat(codec.zero(boolean.class)).isEqualTo(false);
        assertThat(codec.zero(String.class)).isEqualTo("");
        assertThat(codec.zero(int[].class)).isEqualTo(new int[0]);
        assertThat(codec.zero(List.class)).isEqualTo(List.of());
        assertThat(codec.zero(new TypeRef<List<Point>[]>() {}.type())).isEqualTo(new List<?>[0]);
        assertThat(codec.zero(new TypeRef<Map<String, Point>>() {}.type())).isEqualTo(Map.of());
        assertThat(codec.zero(Point.class)).isEqualTo(new Point(0, 0));
        assertThat(codec.zero(Bean.class))
                .isInstanceOfSatisfying(
                        Bean.class, bean -> assertThat(bean.getName()).isEqualTo("unset"));
        for (Type type : Arrays.<Type>asList(Object.class, Colour.class, Runnable.class)) {
            assertThat(codec.zero(type)).isNull();
        }
    }

    @Test
    void aMapperOfTheApplicationIsUsedAsItIs() {
        JsonMapper strict = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        JsonBodyCodec ofTheApplication = new JsonBodyCodec(strict);
        ByteBuf in = Unpooled.copiedBuffer("{\"x\":1,\"y\":2,\"extra\":3}", StandardCharsets.UTF_8);

        assertThatThrownBy(() -> ofTheApplication.decode(in, Point.class))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide)
                .hasMessageStartingWith("json: unknown field in extra at line 1");
        assertThat(ofTheApplication.zero(Point.class)).isEqualTo(new Point(0, 0));
    }
}
