package io.teleport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.FilterIds;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import org.junit.jupiter.api.Test;

class HeldRequestsTests {

    private final HeldRequests held = new HeldRequests();

    @SuppressWarnings("NullAway") // no session is asked for anything here
    private static HeldRequest push() {
        return new HeldPush(
                new OutgoingMessage(
                        null, null, null, MessageType.PUSH, 1, "/x", Metadata.empty(), 0, FilterIds.none(), null),
                null,
                Long.MAX_VALUE);
    }

    @Test
    void oneThatWasTakenAndCouldNotBeSentIsTheFirstAgain() {
        HeldRequest first = push();
        HeldRequest second = push();
        held.add(first, 2);
        held.add(second, 2);
        HeldRequest taken = held.poll();
        held.putBack(taken);
        assertThat(held.drain()).containsExactly(first, second);
    }
}
