package io.teleport.codec.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.codec.BodyCodec;
import io.teleport.codec.BodyCodecContract;
import io.teleport.codec.CodecException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainBodyCodecTests extends BodyCodecContract {

    private final BodyCodec codec = new PlainBodyCodec();

    @Override
    protected BodyCodec codec() {
        return codec;
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample("text \u00e9\u4e16\ud83d\ude00\n\u0000", String.class),
                new Sample("not UTF-8: \udcff", String.class),
                new Sample('x', char.class),
                new Sample('\u4e16', Character.class),
                new Sample(true, boolean.class),
                new Sample(false, Boolean.class),
                new Sample(Byte.MIN_VALUE, byte.class),
                new Sample(Short.MAX_VALUE, Short.class),
                new Sample(Integer.MIN_VALUE, int.class),
                new Sample(Long.MAX_VALUE, Long.class),
                new Sample(0.1f, float.class),
                new Sample(Float.MIN_VALUE, Float.class),
                new Sample(1e-7, double.class),
                new Sample(-0.0, double.class),
                new Sample(Double.MAX_VALUE, Double.class),
                new Sample(Double.NaN, double.class),
                new Sample(Double.NEGATIVE_INFINITY, double.class),
                new Sample(Float.POSITIVE_INFINITY, float.class),
                new Sample(new BigInteger("-18446744073709551616"), BigInteger.class),
                new Sample(new BigDecimal("1E+3"), BigDecimal.class));
    }

    private String text(Object value) {
        return new String(encode(value), StandardCharsets.UTF_8);
    }

    @Test
    void numbersAreWrittenWithoutExponent() {
        assertThat(text(1e21)).isEqualTo("1000000000000000000000");
        assertThat(text(1e-7)).isEqualTo("0.0000001");
        assertThat(text(-0.0)).isEqualTo("-0");
        assertThat(text(0.1f)).isEqualTo("0.1");
        assertThat(text(Double.POSITIVE_INFINITY)).isEqualTo("+Inf");
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN", "nan, NaN", "Inf, Infinity", "+inf, Infinity", "-Infinity, -Infinity", "0x1p-2, 0.25"})
    void numbersAreReadInAllFormsThatGoReads(String text, double number) {
        assertThat(decode(text, double.class)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" 1", "1 ", "1f", "1d", "\u0661", "1_0", "0x1", "", "+", "1e", "1e400", "-1e400", "+NaN", "1,5"})
    void whatIsNoNumberForGoIsNoneForUs(String text) {
        for (Class<?> type : List.of(int.class, long.class, double.class, float.class, BigDecimal.class)) {
            if (type == BigDecimal.class && text.contains("e400")) {
                continue;
            }
            assertThatThrownBy(() -> decode(text, type))
                    .as("%s", type)
                    .isInstanceOf(CodecException.class)
                    .hasMessageStartingWith("plain: \"" + text + "\" is not a valid ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "128, 8-bit integer",
        "-129, 8-bit integer",
        "1.0, 8-bit integer",
        "99999999999999999999, 8-bit integer",
    })
    void aNumberThatDoesNotFitIsRefused(String text, String kind) {
        assertThatThrownBy(() -> decode(text, byte.class))
                .isInstanceOf(CodecException.class)
                .hasMessage("plain: \"" + text + "\" is not a valid " + kind);
    }

    @ParameterizedTest
    @ValueSource(classes = {BigInteger.class, BigDecimal.class, double.class, int.class})
    void aVeryLongNumberIsRefusedAndNotRepeated(Class<?> type) {
        assertThatThrownBy(() -> decode("1".repeat(1 << 20), type))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide);
    }

    @Test
    void structuredTypesAreRefused() {
        assertThatThrownBy(() -> decode("x", List.class))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide)
                .hasMessage("plain: cannot decode into a structured value"
                        + " (expected text, a number, a boolean or bytes)");
        assertThatThrownBy(() -> encode(List.of(1)))
                .isInstanceOf(CodecException.class)
                .hasMessage("plain: cannot encode a structured value (expected text, a number, a boolean or bytes)");
    }
}
