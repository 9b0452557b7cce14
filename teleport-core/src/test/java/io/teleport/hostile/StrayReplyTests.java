package io.teleport.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.MessageType;
import io.teleport.message.StatusCode;
import io.teleport.session.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies that nobody waits for, or no longer. */
class StrayReplyTests extends WireCase {

    private byte[] reply(int sequence) {
        return wire.message(wire.header(MessageType.REPLY.id(), sequence, ""), wire.body());
    }

    private void assertServed(Attacker attacker) throws Exception {
        attacker.send(wire.call(77, "/echo"));
        assertThat(attacker.hear().sequence()).isEqualTo(77);
        target.assertUnharmed();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aReplyNobodyAskedForIsDropped(int sequence) throws Exception {
        try (Attacker attacker = target.attacker()) {
            attacker.send(reply(sequence));
            assertServed(attacker);
        }
    }

    @Test
    void ofTwoRepliesTheFirstCountsAndTheSecondIsDropped() throws Exception {
        try (Attacker attacker = target.attacker()) {
            CompletableFuture<byte[]> asked = target.session(attacker).callAsync("/asked", wire.body(), byte[].class);
            int sequence = attacker.hear().sequence();
            attacker.send(reply(sequence), reply(sequence), reply(sequence));
            assertThat(asked.get(60, TimeUnit.SECONDS)).isEqualTo(wire.body());
            assertServed(attacker);
            assertThat(target.session(attacker).isHealthy()).isTrue();
        }
    }

    @Test
    void aReplyAfterTheTimeoutIsDropped() throws Exception {
        try (Attacker attacker = target.attacker()) {
            CompletableFuture<Reply<byte[]>> asked = target.session(attacker)
                    .request("/asked")
                    .timeout(Duration.ofMillis(20))
                    .callAsync(wire.body(), byte[].class);
            int sequence = attacker.hear().sequence();
            assertThat(asked.get(60, TimeUnit.SECONDS).status().code()).isEqualTo(StatusCode.HANDLE_TIMEOUT);
            attacker.send(reply(sequence));
            assertServed(attacker);
        }
    }

    @Test
    void aReplyToAnotherSessionsCallIsNoReply() throws Exception {
        try (Attacker asked = target.attacker();
                Attacker other = target.attacker()) {
            CompletableFuture<byte[]> call = target.session(asked).callAsync("/asked", wire.body(), byte[].class);
            int sequence = asked.hear().sequence();
            other.send(reply(sequence));
            assertServed(other);
            assertThat(call).isNotDone();
            asked.send(reply(sequence));
            assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo(wire.body());
        }
    }
}
