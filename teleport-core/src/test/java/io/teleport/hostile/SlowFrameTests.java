package io.teleport.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.teleport.message.MessageType;
import io.teleport.socket.CloseReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that begin and do not end. */
class SlowFrameTests extends WireCase {

    @Override
    Target open(Wire wire) {
        return new Target(wire, options -> options.frameTimeout(LIMIT), options -> options);
    }

    private static final Duration LIMIT = Duration.ofMillis(200);

    private static final String TEXT = "frame not whole within PT0.2S: its first ";

    @Test
    void aBodyThatNeverComesEndsTheConnection() throws Exception {
        byte[] call = wire.call(1, "/echo");
        try (Attacker attacker = target.attacker()) {
            attacker.send(Arrays.copyOf(call, call.length - 1));
            attacker.rest();
            target.assertEnded(attacker, CloseReason.FRAME_TIMEOUT, TEXT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void soDoesALengthThatIsNotWhole(int bytes) throws Exception {
        try (Attacker attacker = target.attacker()) {
            attacker.send(Arrays.copyOf(wire.announcing(100), bytes));
            attacker.rest();
            target.assertEnded(attacker, CloseReason.FRAME_TIMEOUT, TEXT + bytes + " bytes came");
        }
    }

    @Test
    void oneByteAtATimeBuysNoTime() throws Exception {
        byte[] call = wire.message(wire.header(MessageType.CALL.id(), 1, "/echo"), longBody());
        ScheduledExecutorService slow = Executors.newSingleThreadScheduledExecutor();
        try (Attacker attacker = target.attacker()) {
            AtomicInteger next = new AtomicInteger();
            // One second in the words of the attack; the limit is as much shorter than usual.
            ScheduledFuture<?> sending = slow.scheduleAtFixedRate(
                    () -> sendOne(attacker, call[next.getAndIncrement()]), 0, 7, TimeUnit.MILLISECONDS);
            attacker.rest();
            sending.cancel(false);
            target.assertEnded(attacker, CloseReason.FRAME_TIMEOUT, TEXT);
            assertThat(next.get()).as("bytes sent").isGreaterThan(1).isLessThan(call.length);
        } finally {
            slow.shutdownNow();
        }
    }

    private static void sendOne(Attacker attacker, byte next) {
        try {
            attacker.send(new byte[] {next});
        } catch (IOException refused) {
            // The end of the schedule, as the end of the connection is awaited elsewhere.
            throw new UncheckedIOException(refused);
        }
    }

    private byte[] longBody() {
        if (wire != Wire.THRIFT_STRUCT) {
            return ('"' + "x".repeat(20_000) + '"').getBytes(StandardCharsets.US_ASCII);
        }
        return ByteBufUtil.getBytes(Unpooled.buffer()
                .writeBytes(new byte[] {11, 0, 1})
                .writeInt(20_000)
                .writeZero(20_000)
                .writeByte(0));
    }
}
