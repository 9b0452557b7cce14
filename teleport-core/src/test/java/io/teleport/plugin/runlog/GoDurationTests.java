package io.teleport.plugin.runlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoDurationTests {

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "1, 1ns",
        "999, 999ns",
        "1000, 1µs",
        "15300, 15.3µs",
        "999999, 999.999µs",
        "1250000, 1.25ms",
        "1000000000, 1s",
        "2500000000, 2.5s",
        "60000000000, 1m0s",
        "63000000000, 1m3s",
        "3600500000000, 1h0m0.5s"
    })
    void durationsAreWrittenAsInGo(long nanos, String text) {
        assertThat(GoDuration.of(nanos)).isEqualTo(text);
    }
}
