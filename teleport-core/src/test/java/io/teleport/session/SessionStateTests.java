package io.teleport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.session.SessionLifecycle.PlannedEnd;
import io.teleport.socket.CloseReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionStateTests {

    @ParameterizedTest
    @CsvSource({
        "PREPARING, PREPARING, false",
        "PREPARING, OPEN, true",
        "PREPARING, REDIALING, false",
        "PREPARING, CLOSING, true",
        "PREPARING, CLOSED, true",
        "OPEN, PREPARING, false",
        "OPEN, OPEN, false",
        "OPEN, REDIALING, true",
        "OPEN, CLOSING, true",
        "OPEN, CLOSED, true",
        "REDIALING, PREPARING, false",
        "REDIALING, OPEN, true",
        "REDIALING, REDIALING, false",
        "REDIALING, CLOSING, true",
        "REDIALING, CLOSED, true",
        "CLOSING, PREPARING, false",
        "CLOSING, OPEN, false",
        "CLOSING, REDIALING, false",
        "CLOSING, CLOSING, false",
        "CLOSING, CLOSED, true",
        "CLOSED, PREPARING, false",
        "CLOSED, OPEN, false",
        "CLOSED, REDIALING, false",
        "CLOSED, CLOSING, false",
        "CLOSED, CLOSED, false"
    })
    void everyCellOfTheTable(SessionState from, SessionState to, boolean allowed) {
        assertThat(from.mayBecome(to)).isEqualTo(allowed);
    }

    @Test
    void theFirstPlannedEndWinsAndCountsWhileClosingOnly() {
        SessionLifecycle lifecycle = new SessionLifecycle();
        PlannedEnd first = new PlannedEnd(CloseReason.KICKED, "first");
        assertThat(lifecycle.plannedEnd()).isNull();
        assertThat(lifecycle.move(SessionState.CLOSING, first)).isTrue();
        assertThat(lifecycle.move(SessionState.CLOSING, new PlannedEnd(CloseReason.LOCAL, "second")))
                .isFalse();
        assertThat(lifecycle.plannedEnd()).isSameAs(first);
        assertThat(lifecycle.move(SessionState.OPEN, null)).isFalse();
        assertThat(lifecycle.move(SessionState.CLOSED, null)).isTrue();
        assertThat(lifecycle.plannedEnd()).isNull();
        assertThat(lifecycle.state()).isEqualTo(SessionState.CLOSED);
    }
}
