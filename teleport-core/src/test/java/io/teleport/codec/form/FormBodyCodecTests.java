package io.teleport.codec.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.netty.buffer.Unpooled;
import io.teleport.codec.Bodies;
import io.teleport.codec.BodyCodec;
import io.teleport.codec.BodyCodecContract;
import io.teleport.codec.BodyCodecs;
import io.teleport.codec.CodecException;
import io.teleport.codec.TypeRef;
import io.teleport.message.WireText;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormBodyCodecTests extends BodyCodecContract {

    private static final Type TEXTS = new TypeRef<Map<String, String>>() {}.type();

    private static final Type LISTS = new TypeRef<Map<String, List<String>>>() {}.type();

    enum Colour {
        RED,
        GREEN
    }

    record Order(String id, int count, List<Double> prices, boolean paid, Colour colour, Optional<String> note) {}

    record Numbers(byte b, short s, int i, long l, float f, double d, boolean t) {}

    record Boxed(Integer i, Boolean t, String s, Colour colour) {}

    static final class Bean {
        private int count;
        private List<Colour> colours = List.of();

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            this.count = count;
        }

        public List<Colour> getColours() {
            return colours;
        }

        public void setColours(List<Colour> colours) {
            this.colours = colours;
        }
    }

    static final class Outer {
        public String name;

        @JsonUnwrapped
        public Bean bean = new Bean();
    }

    record Holder(Bean bean) {}

    static final class Bytes {
        public byte[] bytes;
    }

    @Override
    protected BodyCodec codec() {
        return new FormBodyCodec();
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample(Map.of("a", "x y", "\u00e9", "&=%+;", "", "\u4e16\ud83d\ude00"), TEXTS),
                new Sample(Map.of("a", List.of("1", "2", ""), "b", List.of("z")), LISTS),
                new Sample(Map.of("n", 1L), new TypeRef<Map<String, Long>>() {}.type()),
                new Sample(
                        new Order("o", 3, List.of(1.0, 0.1, 1e300), true, Colour.GREEN, Optional.of("n")), Order.class),
                new Sample(
                        new Numbers(
                                (byte) -128,
                                (short) -1,
                                Integer.MIN_VALUE,
                                Long.MAX_VALUE,
                                0.1f,
                                Double.MIN_VALUE,
                                true),
                        Numbers.class),
                new Sample(new Boxed(1, true, "s", Colour.RED), Boxed.class));
    }

    private String written(Object value) {
        return new String(encode(value), StandardCharsets.UTF_8);
    }

    @Test
    void beansComeBackAndUnwrappedOnesInThem() {
        Outer outer = new Outer();
        outer.name = "n";
        outer.bean.setCount(7);
        outer.bean.setColours(List.of(Colour.RED, Colour.GREEN));

        assertThat(written(outer)).isEqualTo("colours=RED&colours=GREEN&count=7&name=n");
        assertThat(decode(encode(outer), Outer.class))
                .usingRecursiveComparison()
                .isEqualTo(outer);
    }

    @Test
    void keysAreWrittenInTheOrderOfTheirBytesAndListsInTheirOwn() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("\ud83d\ude00", "1");
        values.put("\uffee", "2");
        values.put("b", List.of("z", "a"));
        values.put("B", new int[] {2, 1});

        assertThat(written(values)).isEqualTo("B=2&B=1&b=z&b=a&%EF%BF%AE=2&%F0%9F%98%80=1");
    }

    @Test
    void theFirstOfSeveralCountsWhereOneIsWanted() {
        assertThat(decode("count=1&count=2&colours=RED&colours=GREEN", Bean.class))
                .isInstanceOfSatisfying(Bean.class, bean -> {
                    assertThat(bean.getCount()).isEqualTo(1);
                    assertThat(bean.getColours()).containsExactly(Colour.RED, Colour.GREEN);
                });
        assertThat(decode("a=1&a=2", TEXTS)).isEqualTo(Map.of("a", "1"));
        assertThat(decode("colour=RED&colour=GREEN", Boxed.class)).isEqualTo(new Boxed(null, null, null, Colour.RED));
    }

    @Test
    void aListMayHaveOneValue() {
        assertThat(decode("prices=1.5", Order.class))
                .isEqualTo(new Order(null, 0, List.of(1.5), false, null, Optional.empty()));
    }

    @Test
    void emptyValuesAreZeroOrNullAndUnknownKeysAreSkipped() {
        assertThat(decode("b=&s=&i=&l=&f=&d=&t=&zz=1", Numbers.class))
                .isEqualTo(new Numbers((byte) 0, (short) 0, 0, 0, 0, 0, false));
        assertThat(decode("i=&t=&s=&colour=", Boxed.class)).isEqualTo(new Boxed(null, null, "", null));
    }

    @Test
    void nullIsNotWritten() {
        assertThat(written(new Boxed(1, null, null, null))).isEqualTo("i=1");
        assertThat(written(Arrays.asList(1, null).stream()
                        .collect(LinkedHashMap::new, (map, item) -> map.put("k" + map.size(), item), Map::putAll)))
                .isEqualTo("k0=1");
    }

    @ParameterizedTest
    @CsvSource({
        "1,true",
        "t,true",
        "T,true",
        "TRUE,true",
        "true,true",
        "True,true",
        "0,false",
        "f,false",
        "F,false",
        "False,false"
    })
    void booleansAreReadInGosSpellings(String text, boolean value) {
        assertThat(decode("t=" + text, Boxed.class)).isEqualTo(new Boxed(null, value, null, null));
    }

    @Test
    void specialNumbersComeBack() {
        Numbers special = new Numbers((byte) 0, (short) 0, 0, 0, Float.NEGATIVE_INFINITY, Double.NaN, false);

        assertThat(written(special)).isEqualTo("b=0&d=NaN&f=-Inf&i=0&l=0&s=0&t=false");
        assertThat(decode(encode(special), Numbers.class)).isEqualTo(special);
        assertThat(decode("f=%2BInf&d=Inf", Numbers.class))
                .isEqualTo(new Numbers(
                        (byte) 0, (short) 0, 0, 0, Float.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, false));
    }

    @Test
    void bytesInAnObjectAreAListOfNumbers() {
        Bytes value = new Bytes();
        value.bytes = new byte[] {0, -1};

        assertThat(written(value)).isEqualTo("bytes=0&bytes=255");
        assertThat(decode("bytes=0&bytes=255", Bytes.class))
                .isInstanceOfSatisfying(
                        Bytes.class, read -> assertThat(read.bytes).containsExactly(0, -1));
        assertThat(decode("bytes=7", Bytes.class))
                .isInstanceOfSatisfying(
                        Bytes.class, read -> assertThat(read.bytes).containsExactly(7));
    }

    @Test
    void bytesThatAreNotUtf8Survive() {
        Map<String, String> read = Map.of(WireText.decode(new byte[] {(byte) 0xff}, 0, 1), "v");

        assertThat(decode("%ff=v", TEXTS)).isEqualTo(read);
        assertThat(written(read)).isEqualTo("%FF=v");
    }

    @ParameterizedTest
    @CsvSource({"i=x", "i=1.5", "i=99999999999", "b=256", "s=70000", "f=one", "t=yes", "l=9223372036854775808"})
    void aValueOfAnotherKindIsRefused(String form) {
        assertThatThrownBy(() -> decode(form, Numbers.class))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide)
                .hasMessage("form: \"" + form.substring(2) + "\" is not valid here in " + form.charAt(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1;b=2", "a;=1", ";"})
    void semicolonsAreRefused(String form) {
        assertThatThrownBy(() -> decode(form, TEXTS))
                .isInstanceOf(CodecException.class)
                .hasMessage("form: invalid semicolon separator in query");
    }

    @ParameterizedTest
    @CsvSource({"a=%zz,%zz", "%=1,%", "a=%4,%4", "a=b%1gc,%1g", "%f%=1,%f%"})
    void badEscapesAreRefused(String form, String named) {
        assertThatThrownBy(() -> decode(form, TEXTS))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide)
                .hasMessage("form: invalid URL escape \"" + named + '"');
    }

    @Test
    void emptyPairsAreSkippedAndOnlyTheFirstEqualsSignSplits() {
        assertThat(decode("&&a=b=c&&=&d&", LISTS))
                .isEqualTo(Map.of("a", List.of("b=c"), "", List.of(""), "d", List.of("")));
    }

    @Test
    void noMorePairsThanTheLimitAreRead() {
        assertThat(decode("a=1&".repeat(FormBodyCodec.MAX_PAIRS), LISTS))
                .isInstanceOfSatisfying(
                        Map.class, read -> assertThat((List<?>) read.get("a")).hasSize(FormBodyCodec.MAX_PAIRS));
        for (int pairs : new int[] {FormBodyCodec.MAX_PAIRS + 1, 100_000}) {
            assertThatThrownBy(() -> decode("a=1&".repeat(pairs), LISTS))
                    .isInstanceOf(CodecException.class)
                    .hasMessage("form: more than 10000 pairs");
        }
    }

    @Test
    void keysLongerThanTheLimitAreRefused() {
        String longest = "k".repeat(FormBodyCodec.MAX_KEY_LENGTH);

        assertThat(decode(longest + "=1", TEXTS)).isEqualTo(Map.of(longest, "1"));
        assertThatThrownBy(() -> decode(longest + "k=1", TEXTS))
                .isInstanceOf(CodecException.class)
                .hasMessage("form: a key is longer than 1024 characters");
    }

    @Test
    void anObjectInAnObjectIsRefused() {
        assertThatThrownBy(() -> encode(new Holder(new Bean())))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide)
                .hasMessage("form: value cannot be written in bean");
        assertThatThrownBy(() -> encode(Map.of("deep", List.of(Map.of("x", 1)))))
                .isInstanceOf(CodecException.class)
                .hasMessage("form: value cannot be written in deep[0]");
        assertThatThrownBy(() -> encode(Map.of("l", List.of(List.of("x"))))).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> decode("bean=1", Holder.class))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide);
    }

    @Test
    void aValueThatContainsItselfIsRefused() {
        List<Object> self = new ArrayList<>();
        self.add(self);

        assertThatThrownBy(() -> encode(Map.of("self", self)))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide);
    }

    @Test
    void whatHasNoFieldsIsRefused() {
        for (Object value : List.of("text", 1, true, List.of("x"), new int[0], Colour.RED)) {
            assertThatThrownBy(() -> encode(value))
                    .isInstanceOf(CodecException.class)
                    .hasMessage("form: value has no fields (expected an object, a map or bytes)");
        }
        for (Class<?> type : List.of(String.class, int.class, List.class, int[].class, Colour.class, Integer.class)) {
            assertThatThrownBy(() -> decode("a=1", type))
                    .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide);
        }
    }

    @Test
    void noBytesAreAnObjectWithoutFields() {
        Bodies bodies = new Bodies(BodyCodecs.of(List.of(codec())));

        assertThat(encode(Map.of())).isEmpty();
        assertThat(bodies.read(Unpooled.EMPTY_BUFFER, 'f', LISTS)).isEqualTo(Map.of());
        assertThat(bodies.read(Unpooled.EMPTY_BUFFER, 'f', Boxed.class)).isEqualTo(new Boxed(null, null, null, null));
        assertThat(bodies.read(Unpooled.EMPTY_BUFFER, 'f', String.class)).isNull();
        assertThat(bodies.readArgument(Unpooled.EMPTY_BUFFER, 'f', int.class)).isEqualTo(0);
        assertThat(bodies.readArgument(Unpooled.EMPTY_BUFFER, 'f', Boxed.class))
                .isEqualTo(new Boxed(null, null, null, null));
        assertThat(codec().zero(Runnable.class)).isNull();
    }
}
