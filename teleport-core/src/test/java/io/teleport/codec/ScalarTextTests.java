package io.teleport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarTextTests {

    @ParameterizedTest
    @CsvSource({
        "0.0, 0",
        "-0.0, -0",
        "42.0, 42",
        "-1.5, -1.5",
        "0.1, 0.1",
        "1e20, 100000000000000000000",
        "1e21, 1e+21",
        "1.5e21, 1.5e+21",
        "123456789012345680000.0, 123456789012345680000",
        "1e-6, 0.000001",
        "9.5e-7, 9.5e-7",
        "1e-7, 1e-7",
        "-1e-7, -1e-7",
        "1e300, 1e+300",
        "2e-3, 0.002",
        "2e23, 2e+23",
        "4.9E-324, 5e-324",
        "9.9E-324, 1e-323",
        "1.7976931348623157E308, 1.7976931348623157e+308",
        "2.2250738585072014E-308, 2.2250738585072014e-308",
        "NaN, NaN",
        "Infinity, +Inf",
        "-Infinity, -Inf",
    })
    void doublesAreWrittenAsInGo(double number, String text) {
        assertThat(ScalarText.of(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "16777216, 16777216",
        "1e21, 1e+21",
        "1e20, 100000000000000000000",
        "1e-7, 1e-7",
        "1e-6, 0.000001",
        "1.4E-45, 1e-45",
        "3.4028235E38, 3.4028235e+38",
        "-0.0, -0",
        "NaN, NaN",
        "-Infinity, -Inf",
    })
    void floatsAreWrittenAsInGo(float number, String text) {
        assertThat(ScalarText.of(number)).isEqualTo(text);
    }

    @Test
    void everyNumberReadsBackAsItselfAndHasNoMoreDigitsThanJavaGives() {
        Random random = new Random(4711);
        for (int i = 0; i < 20_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            float single = Float.intBitsToFloat(random.nextInt());
            if (Double.isFinite(number)) {
                assertThat(Double.parseDouble(ScalarText.of(number))).isEqualTo(number);
                assertThat(digits(ScalarText.of(number))).isLessThanOrEqualTo(digits(Double.toString(number)));
            }
            if (Float.isFinite(single)) {
                assertThat(Float.parseFloat(ScalarText.of(single))).isEqualTo(single);
            }
        }
    }

    private static int digits(String number) {
        return new BigDecimal(number).stripTrailingZeros().precision();
    }
}
