package io.teleport.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.teleport.interop.peers.Answer;
import io.teleport.interop.peers.Ending;
import io.teleport.interop.peers.Outcome;
import io.teleport.socket.CloseReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The connection is reset while calls are in flight. */
interface ResetCases extends ClosingCases {

    @Test
    default void clientResetsAndTheServerRecordsAnError() {
        assumeTrue(client().canEnd(Ending.RESET), "Java has no way to reset a connection");
        List<Answer<Long>> answers = inFlight(FOR_EVER);
        client().end(Ending.RESET);
        assertThat(answers).extracting(Answer::await).extracting(Outcome::code).containsOnly(102);
        server().expectEnd(CloseReason.IO_ERROR);
    }

    @Test
    default void serverResetsAndTheClientRecordsAnError() {
        assumeTrue(server().canEnd(Ending.RESET), "Java has no way to reset a connection");
        List<Answer<Long>> answers = inFlight(FOR_EVER);
        server().endAll(Ending.RESET);
        assertThat(answers).extracting(Answer::await).allSatisfy(outcome -> {
            assertThat(outcome.code()).isEqualTo(102);
            assertThat(outcome.status().cause()).as("the error's text").isNotBlank();
        });
        client().expectEnd(CloseReason.IO_ERROR);
    }
}
