package io.teleport.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.teleport.filter.TransferFilters;
import io.teleport.filter.gzip.GzipFilter;
import io.teleport.filter.md5.Md5Filter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.Status;
import io.teleport.testing.KnownDifferences;
import io.teleport.testing.NeedsWireVectors;
import io.teleport.testing.VectorCase;
import io.teleport.testing.WireVectors;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every case of a message file, in both directions. Subclasses have a static method {@code cases}. */
@NeedsWireVectors
public abstract class MessageVectorContract {

    private static final ByteBufAllocator POOL = PooledByteBufAllocator.DEFAULT;

    private static final TransferFilters FILTERS =
            TransferFilters.of(List.of(new GzipFilter('g', "gzip-5", 5), new Md5Filter('m')));

    private static final int LIMIT = 16 * 1024 * 1024;

    protected abstract Protocol protocol();

    private FrameCodec newCodec() {
        return protocol().newFrameCodec(new ProtocolContext(true, LIMIT, FILTERS, POOL));
    }

    /** Bytes in front of what the recorded size counts. */
    protected abstract int uncounted();

    /** Whether Go's bytes are the only ones for the message. */
    protected boolean isExact(VectorCase vector) {
        return vector.get("byte_exact").asBoolean();
    }

    /** Bytes of a packed message that Go says it has read. */
    protected int sizeReadByGo(VectorCase vector) {
        return uncounted() + vector.get("go_unpacked_size").asInt();
    }

    /** That a message came back as it was sent, as far as the protocol carries it. */
    protected void assertCameBack(MessageVector sent, Message message) {
        sent.assertIsMessage(message);
    }

    /** Whether Go sends the status. */
    protected abstract boolean carriesStatusInGo();

    /** The cases of a file that got as far as the protocol. One fails before, for want of a codec. */
    protected static List<MessageVector> casesOf(String file) {
        return WireVectors.cases(file).stream()
                .filter(vector -> !vector.name().equals("body-codec-unregistered"))
                .map(MessageVector::new)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isPackedAndReadAsByGo(MessageVector message) throws Throwable {
        VectorCase vector = message.vector();
        KnownDifferences.compare(vector, () -> {
            if (!vector.get("error").isNull()) {
                assertThatThrownBy(() -> pack(message)).isInstanceOf(EncodeException.class);
                return;
            }
            byte[] packed = packed(message);
            if (isExact(vector)) {
                WireVectors.assertBytes(packed, vector.get("packed_hex"));
                assertThat(packed).hasSize(uncounted() + vector.get("size").asInt());
            }
            if (vector.get("packed_hex").isString()) {
                read(
                        WireVectors.bytes(vector.get("packed_hex")),
                        sizeReadByGo(vector),
                        message::assertIsMessageReadByGo);
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void comesBackAsItWasSent(MessageVector message) throws Throwable {
        if (message.vector().get("error").isNull()) {
            KnownDifferences.compare(message.vector(), "returned", () -> {
                byte[] packed = packed(message);
                read(packed, packed.length, read -> assertCameBack(message, read));
            });
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void goesIntoItsFiltersAsInGo(MessageVector message) throws Throwable {
        VectorCase vector = message.vector();
        if (uncounted() > 0 && vector.has("pipe_input_hex")) {
            WireVectors.assertBytes(unfiltered(packed(message), message.filters()), vector.get("pipe_input_hex"));
        }
    }

    /** Also where Go cannot read what it wrote. Long ones are recorded by their hash only, and are ours once they have the same. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isReadAsItWasMeantByGo(MessageVector message) throws Throwable {
        VectorCase vector = message.vector();
        if (vector.get("error").isNull() && vector.get("packed_hex").isString()) {
            byte[] packed = WireVectors.bytes(vector.get("packed_hex"));
            KnownDifferences.compare(
                    vector,
                    "meant",
                    () -> read(
                            packed,
                            packed.length,
                            carriesStatusInGo()
                                    ? read -> assertCameBack(message, read)
                                    : read -> message.assertIsMessageWithout(Status.OK, read)));
        }
    }

    private byte[] packed(MessageVector message) {
        try {
            return pack(message);
        } catch (EncodeException e) {
            throw new AssertionError("refused: " + e.getMessage(), e);
        }
    }

    private byte[] pack(MessageVector message) {
        ByteBuf out = POOL.buffer();
        try {
            newCodec().encode(message.header(), body -> body.writeBytes(message.body()), out);
            return ByteBufUtil.getBytes(out);
        } finally {
            out.release();
        }
    }

    private void read(byte[] packed, int size, Consumer<Message> assertion) {
        ByteBuf in = POOL.buffer().writeBytes(packed);
        Message message = null;
        try {
            message = newCodec().decode(in);
            assertThat(in.isReadable()).as("bytes left").isFalse();
            assertThat(message).isNotNull();
            assertThat(message.size()).isEqualTo(size);
            assertion.accept(message);
        } catch (ProtocolException e) {
            throw new AssertionError("refused: " + e.getMessage(), e);
        } finally {
            in.release();
            if (message != null) {
                message.release();
            }
        }
    }

    private byte[] unfiltered(byte[] frame, FilterIds filters) {
        int start = uncounted() + 1 + filters.size();
        ByteBuf filtered = POOL.buffer().writeBytes(frame, start, frame.length - start);
        ByteBuf content = FILTERS.decode(filters, filtered, POOL, LIMIT);
        try {
            return ByteBufUtil.getBytes(content);
        } finally {
            content.release();
        }
    }
}
