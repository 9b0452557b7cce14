package io.teleport.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvocationStateTests {

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource({
        "WAITING, WAITING, false", "WAITING, RUNNING, true", "WAITING, ANSWERED, true",
        "RUNNING, WAITING, false", "RUNNING, RUNNING, false", "RUNNING, ANSWERED, true",
        "ANSWERED, WAITING, false", "ANSWERED, RUNNING, false", "ANSWERED, ANSWERED, false",
    })
    void everyMoveIsInTheTable(InvocationState from, InvocationState to, boolean allowed) {
        assertThat(from.mayBecome(to)).isEqualTo(allowed);
    }
}
