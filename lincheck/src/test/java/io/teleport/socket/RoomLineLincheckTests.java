package io.teleport.socket;

import io.teleport.lincheck.ModelChecking;
import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Callers that wait for room against those who give it back and one who closes: nobody is forgotten, which would show as a deadlock, and no room is lost
 * (G4, G7).
 */
@Param(name = "bytes", gen = IntGen.class, conf = "1:3")
public class RoomLineLincheckTests {

    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    private final OutboundQueue queue = new OutboundQueue(3, OutboundPolicy.BLOCK);

    /** As {@link OutboundGate} does for a caller that may be kept waiting; the frame is written at once. */
    @Operation(blocking = true)
    public void send(@Param(name = "bytes") int bytes) {
        if (queue.line().isEmpty() && queue.reserve(bytes, 0)) {
            queue.giveBack(bytes);
            return;
        }
        switch (queue.line().await(bytes, HOUR)) {
            case ROOM -> queue.giveBack(bytes);
            case CLOSED -> {
                // Nothing was reserved.
            }
            case TIMEOUT, INTERRUPTED -> throw new IllegalStateException("nobody came");
        }
    }

    @Operation(runOnce = true)
    public void close() {
        queue.line().close();
    }

    @Validate
    public void allRoomIsFree() {
        if (queue.waitingBytes() != 0 || !queue.line().isEmpty()) {
            throw new IllegalStateException(queue.waitingBytes() + " bytes are reserved");
        }
    }

    @Test
    void nobodyWaitsForEver() {
        ModelChecking.check(RoomLineLincheckTests.class);
    }
}
