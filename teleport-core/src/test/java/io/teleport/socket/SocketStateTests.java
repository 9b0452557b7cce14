package io.teleport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SocketStateTests {

    @ParameterizedTest
    @CsvSource({
        "OPENING, OPENING, false", "OPENING, OPEN, true", "OPENING, CLOSING, true", "OPENING, CLOSED, true",
        "OPEN, OPENING, false", "OPEN, OPEN, false", "OPEN, CLOSING, true", "OPEN, CLOSED, true",
        "CLOSING, OPENING, false", "CLOSING, OPEN, false", "CLOSING, CLOSING, false", "CLOSING, CLOSED, true",
        "CLOSED, OPENING, false", "CLOSED, OPEN, false", "CLOSED, CLOSING, false", "CLOSED, CLOSED, false"
    })
    void everyCellOfTheTable(SocketState from, SocketState to, boolean allowed) {
        assertThat(from.mayBecome(to)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @EnumSource
    void onlySocketsThatHaveNoCloseReasonTakeWrites(SocketState state) {
        assertThat(state.acceptsWrites())
                .isEqualTo(Set.of(SocketState.OPENING, SocketState.OPEN).contains(state));
    }
}
