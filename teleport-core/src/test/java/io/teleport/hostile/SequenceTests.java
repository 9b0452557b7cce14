package io.teleport.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.hostile.Attacker.Heard;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sequence numbers that a counter would not give. */
class SequenceTests extends WireCase {

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void everyNumberIsAnsweredWithItself(int sequence) throws Exception {
        try (Attacker attacker = target.attacker()) {
            attacker.send(wire.call(sequence, "/echo"));
            Heard reply = attacker.hear();
            assertThat(reply.sequence()).isEqualTo(sequence);
            assertThat(reply.body()).isEqualTo(wire.body());
        }
        target.assertUnharmed();
    }

    @Test
    void aNumberThatIsUsedAgainIsAnsweredAgain() throws Exception {
        try (Attacker attacker = target.attacker()) {
            for (int i = 0; i < 3; i++) {
                attacker.send(wire.call(5, "/echo"), wire.call(5, "/nowhere"));
            }
            List<Integer> codes = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Heard reply = attacker.hear();
                assertThat(reply.sequence()).isEqualTo(5);
                codes.add(reply.code());
            }
            assertThat(codes).containsExactlyInAnyOrder(0, 0, 0, 404, 404, 404);
        }
        target.assertUnharmed();
    }

    @Test
    void numbersMayWrap() throws Exception {
        try (Attacker attacker = target.attacker()) {
            int sequence = Integer.MAX_VALUE - 1;
            for (int i = 0; i < 4; i++) {
                attacker.send(wire.call(sequence, "/echo"));
                assertThat(attacker.hear().sequence()).isEqualTo(sequence);
                sequence++;
            }
        }
        target.assertUnharmed();
    }
}
