package io.teleport.socket;

import io.teleport.lincheck.ModelChecking;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * The room in the outbound queue: never more is reserved than the limit, nothing that fits is refused (G7), and who waits to be told that there is
 * room again is told.
 */
@Param(name = "bytes", gen = IntGen.class, conf = "1:4")
public class OutboundQueueLincheckTests {

    private static final int LIMIT = 8;

    private final OutboundQueue queue = new OutboundQueue(LIMIT, OutboundPolicy.REFUSE);

    private final AtomicInteger asked = new AtomicInteger();

    private final AtomicInteger told = new AtomicInteger();

    public OutboundQueueLincheckTests() {
        queue.reserve(7, 0);
    }

    @Operation
    public boolean reserve(@Param(name = "bytes") int bytes) {
        return queue.reserve(bytes, 0);
    }

    /** What was reserved at first. */
    @Operation(runOnce = true)
    public void giveBackFour() {
        queue.giveBack(4);
    }

    @Operation(runOnce = true)
    public void giveBackThree() {
        queue.giveBack(3);
    }

    @Operation
    public long waiting() {
        return queue.waitingBytes();
    }

    @Operation
    public void whenWritable() {
        asked.incrementAndGet();
        queue.writability().whenWritable(told::incrementAndGet);
    }

    /** Not from three quarters on, and again from one quarter on; between the two it depends on where it came from. */
    @Validate
    public void writabilityIsThatOfTheLastChange() {
        boolean writable = queue.writability().isWritable();
        long waiting = queue.waitingBytes();
        if (writable ? waiting >= 6 : waiting <= 2) {
            throw new IllegalStateException((writable ? "writable" : "not writable") + " with " + waiting + " bytes");
        }
        if ((writable && told.get() != asked.get()) || told.get() > asked.get()) {
            throw new IllegalStateException(asked + " asked, " + told + " were told");
        }
    }

    @Test
    void behavesAsIfOneChangeCameAfterAnother() {
        ModelChecking.check(OutboundQueueLincheckTests.class, Counter.class);
    }

    /** Without threads in mind. */
    public static final class Counter {

        private long reserved = 7;

        public boolean reserve(int bytes) {
            boolean fits = reserved == 0 || reserved + bytes <= LIMIT;
            reserved += fits ? bytes : 0;
            return fits;
        }

        public void giveBackFour() {
            reserved -= 4;
        }

        public void giveBackThree() {
            reserved -= 3;
        }

        public long waiting() {
            return reserved;
        }

        public void whenWritable() {
            // Whether it is told is looked at in the end.
        }
    }
}
