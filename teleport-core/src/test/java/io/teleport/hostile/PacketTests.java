package io.teleport.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.hostile.Attacker.Heard;
import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketSnapshot;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How bytes are cut into packets, and bytes that are anything. */
class PacketTests extends WireCase {

    private static final int ROUNDS = Integer.getInteger("teleport.hostile.rounds", 60);

    private static final long SEED = Long.getLong("teleport.hostile.seed", 20_261_123L);

    @Test
    void twoFramesInOnePacketGetTwoReplies() throws Exception {
        try (Attacker attacker = target.attacker()) {
            attacker.send(wire.call(1, "/echo"), wire.call(2, "/echo"));
            assertThat(List.of(attacker.hear().sequence(), attacker.hear().sequence()))
                    .containsExactlyInAnyOrder(1, 2);
        }
        target.assertUnharmed();
    }

    @Test
    void aFrameInPacketsOfOneByteGetsItsReply() throws Exception {
        try (Attacker attacker = target.attacker()) {
            for (byte next : wire.call(7, "/echo")) {
                attacker.send(new byte[] {next});
            }
            Heard reply = attacker.hear();
            assertThat(reply.sequence()).isEqualTo(7);
            assertThat(reply.body()).isEqualTo(wire.body());
        }
        target.assertUnharmed();
    }

    @Test
    void randomBytesEndInANamedReason() throws Exception {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = round % 2 == 0 ? new byte[1 + random.nextInt(300)] : wire.call(round, "/echo");
            if (round % 2 == 0) {
                random.nextBytes(bytes);
            } else {
                for (int n = random.nextInt(3); n >= 0; n--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            }
            try (Attacker attacker = target.attacker()) {
                attacker.sendUntilRefused(bytes);
                attacker.endOfStreamUnlessRefused();
                attacker.rest();
                SocketSnapshot ended = target.end(attacker);
                assertThat(ended.closeReason())
                        .as("seed %d, round %d: %s", SEED, round, ended)
                        .isIn(
                                CloseReason.REMOTE,
                                CloseReason.IO_ERROR,
                                CloseReason.LOCAL,
                                CloseReason.PROTOCOL_ERROR,
                                CloseReason.FRAME_TOO_LARGE);
                assertThat(String.valueOf(ended.error()))
                        .as("seed %d, round %d", SEED, round)
                        .doesNotContain("internal error");
            }
        }
        target.assertUnharmed();
    }
}
