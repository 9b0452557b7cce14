package io.teleport.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.teleport.filter.TransferFilters;
import io.teleport.filter.gzip.GzipFilter;
import io.teleport.filter.md5.Md5Filter;
import io.teleport.message.Message;
import io.teleport.testing.NeedsWireVectors;
import io.teleport.testing.WireVectors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Whatever arrives, the decoder ends in a message, in waiting for more, or in a {@link ProtocolException}. */
@NeedsWireVectors
public abstract class FrameCodecFuzz {

    private static final Logger log = LoggerFactory.getLogger(FrameCodecFuzz.class);

    private static final int INPUTS = 4_000;

    private static final int LIMIT = 64 * 1024;

    private static final int LONGEST_SEED_FRAME = 1024;

    private final TransferFilters filters = TransferFilters.of(List.of(new GzipFilter('g'), new Md5Filter('m')));

    private int messages;

    private int waiting;

    private int refused;

    protected abstract Protocol protocol();

    /** How the text of every refusal begins. */
    protected abstract String refusal();

    /** What inputs are made from. */
    protected abstract List<byte[]> seeds();

    /** Makes the size field true again, if there is one. Reports whether there is. */
    protected abstract boolean mendSize(ByteBuf frame);

    /** Pieces of text that mean something in this protocol. */
    protected List<String> tokens() {
        return List.of();
    }

    /** The frames that Go wrote, from a message file. */
    protected static List<byte[]> framesOf(String file) {
        return WireVectors.cases(file).stream()
                .map(vector -> vector.get("packed_hex"))
                .filter(JsonNode::isString)
                .map(WireVectors::bytes)
                .toList();
    }

    @Test
    void mutatedFramesEndInAMessageInWaitingOrInARefusal() {
        long seed = Long.getLong("teleport.fuzz.seed", 20_250_727L);
        log.info("seed {} (another one: -Dteleport.fuzz.seed=…)", seed);
        Random random = new Random(seed);
        List<byte[]> frames = seeds().stream()
                .filter(frame -> frame.length > 0 && frame.length <= LONGEST_SEED_FRAME)
                .toList();
        ProtocolContext context = new ProtocolContext(true, LIMIT, filters, PooledByteBufAllocator.DEFAULT);
        boolean sized = true;
        for (int i = 0; i < INPUTS; i++) {
            // Every input is a connection of its own.
            FrameCodec codec = protocol().newFrameCodec(context);
            ByteBuf input = PooledByteBufAllocator.DEFAULT.buffer();
            try {
                input.writeBytes(frames.get(random.nextInt(frames.size())));
                sized = mutate(input, random);
                decode(codec, input);
            } catch (ProtocolException e) {
                assertThat(e).hasMessageStartingWith(refusal());
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", input " + i, e);
            } finally {
                input.release();
                assertThat(input.refCnt()).isZero();
            }
        }
        log.info("{} messages, {} unfinished, {} refused", messages, waiting, refused);
        assertThat(messages).isPositive();
        assertThat(refused).isPositive();
        assertThat(waiting > 0).as("some inputs were unfinished frames").isEqualTo(sized);
    }

    /** A few bytes changed, lost, added or moved; the size field mended more often than not, or the rest would hardly ever be looked at. */
    private boolean mutate(ByteBuf bytes, Random random) {
        for (int n = random.nextInt(4); n >= 0; n--) {
            mutateOnce(bytes, random);
        }
        int size = bytes.readableBytes() >= 4 ? bytes.getInt(0) : 0;
        boolean sized = mendSize(bytes);
        if (sized && random.nextInt(4) == 0 && bytes.readableBytes() >= 4) {
            bytes.setInt(0, size);
        }
        return sized;
    }

    private void mutateOnce(ByteBuf bytes, Random random) {
        int at = random.nextInt(bytes.readableBytes());
        switch (random.nextInt(tokens().isEmpty() ? 5 : 7)) {
            case 0 -> bytes.setByte(at, bytes.getByte(at) ^ (1 << random.nextInt(8)));
            case 1 -> bytes.setByte(at, random.nextInt(256));
            case 2 -> bytes.setByte(at, random.nextBoolean() ? 0xff : 0);
            case 3 -> bytes.writerIndex(Math.max(1, at));
            case 4 -> {
                byte[] more = new byte[1 + random.nextInt(16)];
                random.nextBytes(more);
                bytes.writeBytes(more);
            }
            default -> insert(tokens().get(random.nextInt(tokens().size())), at, bytes);
        }
    }

    private static void insert(String token, int at, ByteBuf bytes) {
        ByteBuf rest = bytes.copy(at, bytes.writerIndex() - at);
        try {
            bytes.writerIndex(at);
            bytes.writeCharSequence(token, StandardCharsets.ISO_8859_1);
            bytes.writeBytes(rest);
        } finally {
            rest.release();
        }
    }

    private void decode(FrameCodec codec, ByteBuf in) {
        while (in.isReadable()) {
            Message message = codec.decode(in);
            if (message == null) {
                waiting++;
                return;
            }
            messages++;
            // Metadata and status may be read late; they must not fail then.
            message.header().metadata().entries();
            message.header().status().toJson();
            message.release();
        }
    }
}
