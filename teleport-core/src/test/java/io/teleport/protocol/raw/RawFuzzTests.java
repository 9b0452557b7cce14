package io.teleport.protocol.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.teleport.filter.TransferFilters;
import io.teleport.filter.gzip.GzipFilter;
import io.teleport.filter.md5.Md5Filter;
import io.teleport.message.Message;
import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.ProtocolException;
import io.teleport.testing.NeedsWireVectors;
import io.teleport.testing.VectorCase;
import io.teleport.testing.WireVectors;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whatever arrives, the decoder ends in a message, in waiting for more, or in a {@link ProtocolException}. */
@NeedsWireVectors
class RawFuzzTests {

    private static final Logger log = LoggerFactory.getLogger(RawFuzzTests.class);

    private static final int INPUTS = 5_000;

    private static final int LIMIT = 64 * 1024;

    private static final int LONGEST_SEED_FRAME = 1024;

    private final TransferFilters filters = TransferFilters.of(List.of(new GzipFilter('g'), new Md5Filter('m')));

    private final FrameCodec codec =
            new RawProtocol().newFrameCodec(new ProtocolContext(true, LIMIT, filters, PooledByteBufAllocator.DEFAULT));

    private int messages;

    private int waiting;

    private int refused;

    @Test
    void mutatedFramesEndInAMessageInWaitingOrInARefusal() {
        long seed = Long.getLong("teleport.fuzz.seed", 20_250_727L);
        log.info("seed {} (another one: -Dteleport.fuzz.seed=…)", seed);
        Random random = new Random(seed);
        List<byte[]> frames = frames();
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = mutate(frames.get(random.nextInt(frames.size())), random);
            try {
                decode(input);
            } catch (ProtocolException e) {
                assertThat(e).hasMessageStartingWith("raw: ");
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", input " + i, e);
            }
        }
        log.info("{} messages, {} unfinished, {} refused", messages, waiting, refused);
        assertThat(messages).isPositive();
        assertThat(waiting).isPositive();
        assertThat(refused).isPositive();
    }

    private static List<byte[]> frames() {
        Stream<byte[]> good = WireVectors.cases("raw").stream()
                .map(vector -> vector.get("packed_hex"))
                .filter(packed -> packed.isString())
                .map(WireVectors::bytes);
        Stream<byte[]> bad = WireVectors.cases("malformed-raw").stream().map(RawFuzzTests::malformed);
        return Stream.concat(good, bad)
                .filter(frame -> frame.length > 0 && frame.length <= LONGEST_SEED_FRAME)
                .toList();
    }

    private static byte[] malformed(VectorCase vector) {
        return WireVectors.bytes(vector.get("frame_hex"));
    }

    /** A few bytes changed, lost, added or moved; the size field mended more often than not, or the rest would hardly ever be looked at. */
    private static byte[] mutate(byte[] frame, Random random) {
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.buffer().writeBytes(frame);
        try {
            for (int n = random.nextInt(4); n >= 0; n--) {
                mutateOnce(bytes, random);
            }
            if (bytes.readableBytes() >= 4 && random.nextInt(4) != 0) {
                bytes.setInt(0, bytes.readableBytes());
            }
            byte[] mutated = new byte[bytes.readableBytes()];
            bytes.readBytes(mutated);
            return mutated;
        } finally {
            bytes.release();
        }
    }

    private static void mutateOnce(ByteBuf bytes, Random random) {
        int length = bytes.readableBytes();
        int at = random.nextInt(length);
        switch (random.nextInt(5)) {
            case 0 -> bytes.setByte(at, bytes.getByte(at) ^ 1 << random.nextInt(8));
            case 1 -> bytes.setByte(at, random.nextInt(256));
            case 2 -> bytes.setByte(at, random.nextBoolean() ? 0xff : 0);
            case 3 -> bytes.writerIndex(Math.max(1, at));
            default -> {
                byte[] more = new byte[1 + random.nextInt(16)];
                random.nextBytes(more);
                bytes.writeBytes(more);
            }
        }
    }

    private void decode(byte[] input) {
        ByteBuf in = PooledByteBufAllocator.DEFAULT.buffer().writeBytes(input);
        try {
            Message message = codec.decode(in);
            while (message != null) {
                messages++;
                // Metadata and status may be read late; they must not fail then.
                message.header().metadata().entries();
                message.header().status().toJson();
                message.release();
                message = codec.decode(in);
            }
            waiting++;
        } finally {
            in.release();
            assertThat(in.refCnt()).isZero();
        }
    }
}
