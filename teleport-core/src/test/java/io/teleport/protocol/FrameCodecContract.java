package io.teleport.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.teleport.filter.TransferFilters;
import io.teleport.filter.gzip.GzipFilter;
import io.teleport.filter.md5.Md5Filter;
import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every protocol must do. A protocol's test extends this and says how its frames announce a size. Buffers come from the pool and are
 * guarded: one that is not released fails the run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FrameCodecContract {

    protected static final int LIMIT = 16 * 1024 * 1024;

    protected static final TransferFilters FILTERS =
            TransferFilters.of(List.of(new GzipFilter('g'), new Md5Filter('m')));

    protected abstract Protocol protocol();

    /** The first bytes of a frame whose size field holds this value, 0 to 2^32-1. */
    protected abstract byte[] announcing(long size);

    /** Whether the protocol has a place for such a message; it must refuse to write all others. */
    protected boolean carries(MessageHeader header) {
        return true;
    }

    /** A codec whose bodies the protocol carries. */
    protected int bodyCodec() {
        return 's';
    }

    /** A body of that codec, of about this many bytes. */
    protected byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** What becomes of a header that is carried. */
    protected MessageHeader received(MessageHeader sent) {
        return sent;
    }

    /** What becomes of a body that is carried. */
    protected byte[] received(byte[] sent) {
        return sent;
    }

    protected final FrameCodec codec(int limit) {
        return codec(limit, PooledByteBufAllocator.DEFAULT);
    }

    private FrameCodec codec(int limit, ByteBufAllocator allocator) {
        return protocol().newFrameCodec(new ProtocolContext(true, limit, FILTERS, allocator));
    }

    private MessageHeader header(int sequence, int typeId, FilterIds filters) {
        return new MessageHeader(
                sequence, typeId, "/math/add", Status.OK, Metadata.of("author", "ada"), bodyCodec(), filters);
    }

    private MessageHeader call(int sequence) {
        return header(sequence, MessageType.CALL.id(), FilterIds.none());
    }

    private static BodyWriter bytes(byte[] body) {
        return out -> out.writeBytes(body);
    }

    protected static byte[] encode(FrameCodec codec, MessageHeader header, byte[] body) {
        ByteBuf out = PooledByteBufAllocator.DEFAULT.buffer();
        try {
            codec.encode(header, bytes(body), out);
            return ByteBufUtil.getBytes(out);
        } finally {
            out.release();
        }
    }

    /** A pooled buffer, so that one that is lost is noticed. */
    private static ByteBuf pooled(byte[]... parts) {
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.buffer();
        for (byte[] part : parts) {
            buffer.writeBytes(part);
        }
        return buffer;
    }

    private void assertMessage(Message message, MessageHeader header, byte[] body, int size) {
        assertThat(message).isNotNull();
        assertThat(message.header()).isEqualTo(received(header));
        assertThat(ByteBufUtil.getBytes(message.body())).isEqualTo(received(body));
        assertThat(message.size()).isEqualTo(size);
    }

    private void assertComesBack(MessageHeader header, byte[] body) {
        FrameCodec codec = codec(LIMIT);
        if (!carries(header)) {
            assertThatThrownBy(() -> encode(codec, header, body)).isInstanceOf(EncodeException.class);
            return;
        }
        byte[] frame = encode(codec, header, body);
        ByteBuf in = pooled(frame);
        Message message = codec.decode(in);

        assertMessage(message, header, body, frame.length);
        assertThat(in.isReadable()).as("bytes left").isFalse();
        message.release();
        in.release();
        assertThat(in.refCnt()).isZero();
    }

    List<MessageHeader> carriedHeaders() {
        return headers().stream().filter(this::carries).toList();
    }

    List<MessageHeader> headers() {
        return List.of(
                call(1),
                new MessageHeader(0, MessageType.PUSH.id(), "", Status.OK, Metadata.empty(), 0, FilterIds.none()),
                new MessageHeader(
                        7,
                        MessageType.REPLY.id(),
                        "",
                        Status.of(StatusCode.NOT_FOUND, "Not Found", "no \"route\" & no = hope\n\u00e9\u4e16"),
                        Metadata.builder()
                                .add("key", "1")
                                .add("key", "2")
                                .add("empty", "")
                                .add("odd = & % + \u0000", "\u00e9\ud83d\ude00")
                                .build(),
                        255,
                        FilterIds.none()),
                header(3, MessageType.CALL.id(), FilterIds.of('g')),
                header(4, MessageType.CALL.id(), FilterIds.of('m')),
                header(5, MessageType.CALL.id(), FilterIds.of('g', 'm')),
                header(6, MessageType.CALL.id(), FilterIds.of('m', 'g', 'm', 'g')));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void aMessageComesBackAsItWasSent(MessageHeader header) {
        assertComesBack(header, random(300));
        assertComesBack(header, new byte[0]);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1, 35, 36, -36, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE + 1})
    void everySequenceNumberIsCarried(int sequence) {
        assertComesBack(call(sequence), random(3));
    }

    @Test
    void everyMessageTypeIsCarriedOrRefused() {
        for (int typeId = 0; typeId <= 255; typeId++) {
            assertComesBack(header(9, typeId, FilterIds.none()), random(3));
        }
    }

    @Test
    void everyBodyCodecIdIsCarriedOrRefused() {
        for (int id = 0; id <= 255; id++) {
            assertComesBack(
                    new MessageHeader(1, 1, "/a", Status.OK, Metadata.empty(), id, FilterIds.none()), random(3));
        }
    }

    @Test
    void aBigBodyComesBack() {
        assertComesBack(call(1), random(1 << 20));
        assertComesBack(header(1, 1, FilterIds.of('g', 'm')), random(1 << 20));
    }

    @ParameterizedTest
    @MethodSource("carriedHeaders")
    void aFrameMayArriveByteByByte(MessageHeader header) {
        FrameCodec codec = codec(LIMIT);
        byte[] body = random(40);
        byte[] frame = encode(codec, header, body);
        ByteBuf in = pooled();
        for (int i = 0; i < frame.length - 1; i++) {
            in.writeByte(frame[i]);
            assertThat(codec.decode(in))
                    .as("after %d of %d bytes", i + 1, frame.length)
                    .isNull();
        }
        in.writeByte(frame[frame.length - 1]);

        Message message = codec.decode(in);
        assertMessage(message, header, body, frame.length);
        message.release();
        in.release();
    }

    @Test
    void aFrameMayBeSplitAnywhere() {
        byte[] body = random(40);
        byte[] frame = encode(codec(LIMIT), call(5), body);
        for (int cut = 0; cut < frame.length; cut++) {
            FrameCodec codec = codec(LIMIT);
            ByteBuf in = pooled(Arrays.copyOf(frame, cut));
            assertThat(codec.decode(in)).isNull();
            in.writeBytes(frame, cut, frame.length - cut);

            Message message = codec.decode(in);
            assertMessage(message, call(5), body, frame.length);
            message.release();
            in.release();
        }
    }

    @Test
    void framesInOneBufferAreReadOneAfterTheOther() {
        FrameCodec codec = codec(LIMIT);
        byte[] first = encode(codec, call(1), random(10));
        byte[] second = encode(codec, call(2), random(20));
        ByteBuf in = pooled(first, second, Arrays.copyOf(first, 3));

        Message one = codec.decode(in);
        Message two = codec.decode(in);
        assertMessage(one, call(1), random(10), first.length);
        assertMessage(two, call(2), random(20), second.length);
        assertThat(codec.decode(in)).isNull();
        one.release();
        two.release();
        in.release();
    }

    @Test
    void aBodyOutlivesTheBufferItCameIn() {
        for (MessageHeader header : carriedHeaders()) {
            FrameCodec codec = codec(LIMIT);
            ByteBuf in = pooled(encode(codec, header, random(500)));
            Message message = codec.decode(in);
            in.release();
            ByteBuf reused = pooled(new byte[2000]);

            assertThat(ByteBufUtil.getBytes(message.body())).isEqualTo(received(random(500)));
            message.release();
            assertThat(in.refCnt()).isZero();
            reused.release();
        }
    }

    @Test
    void aMessageOfExactlyTheLimitPassesBothWays() {
        int size = encode(codec(LIMIT), call(1), random(100)).length;
        FrameCodec codec = codec(size);
        ByteBuf in = pooled(encode(codec, call(1), random(100)));
        Message message = codec.decode(in);

        assertMessage(message, call(1), random(100), size);
        message.release();
        in.release();
    }

    @Test
    void aMessageAboveTheLimitIsRefusedBothWays() {
        byte[] frame = encode(codec(LIMIT), call(1), random(100));
        FrameCodec codec = codec(frame.length - 1);
        ByteBuf in = pooled(frame);

        assertThatThrownBy(() -> encode(codec, call(1), random(100)))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("limit")
                .hasMessageContaining(String.valueOf(frame.length))
                .hasMessageContaining(String.valueOf(frame.length - 1));
        assertThatThrownBy(() -> codec.decode(in))
                .isInstanceOf(MessageTooLargeException.class)
                .hasMessageContaining("limit")
                .hasMessageContaining(String.valueOf(frame.length - 1));
        in.release();
    }

    @Test
    void aMessageThatExpandsBeyondTheLimitIsRefused() {
        MessageHeader zipped = header(1, 1, FilterIds.of('g'));
        assumeThat(carries(zipped)).as("has filters").isTrue();
        byte[] bomb = encode(codec(LIMIT), zipped, new byte[1 << 20]);
        FrameCodec codec = codec(64 * 1024);
        ByteBuf in = pooled(bomb);

        assertThat(bomb.length).isLessThan(64 * 1024);
        assertThatThrownBy(() -> codec.decode(in))
                .isInstanceOf(MessageTooLargeException.class)
                .hasMessageContaining("65536");
        assertThatThrownBy(() -> encode(codec, zipped, new byte[1 << 20]))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("65536");
        in.release();
    }

    @ParameterizedTest
    @ValueSource(longs = {LIMIT + 1L, (1L << 31) - 1, 1L << 31, (1L << 32) - 1})
    void anAnnouncedSizeAboveTheLimitIsRefusedBeforeMemoryIsTaken(long size) {
        FrameCodec codec = codec(LIMIT, new NoMemory());
        ByteBuf in = pooled(announcing(size));

        assertThatThrownBy(() -> codec.decode(in))
                .isInstanceOf(MessageTooLargeException.class)
                .hasMessageContaining(Long.toString(size))
                .hasMessageContaining(Integer.toString(LIMIT));
        in.release();
    }

    @Test
    void anAnnouncedSizeCostsNoMemoryUntilItsBytesCome() {
        FrameCodec codec = codec(Integer.MAX_VALUE, new NoMemory());
        ByteBuf in = pooled(announcing(Integer.MAX_VALUE));
        int capacity = in.capacity();

        assertThat(codec.decode(in)).isNull();
        assertThat(in.capacity()).isEqualTo(capacity);
        in.release();
    }

    @Test
    void aBodyThatCannotBeWrittenFailsWithItsOwnExceptionAndLosesNoBuffer() {
        RuntimeException failure = new IllegalStateException("no body today");
        for (MessageHeader header : carriedHeaders()) {
            FrameCodec codec = codec(LIMIT);
            ByteBuf out = pooled();
            assertThatThrownBy(() -> codec.encode(
                            header,
                            body -> {
                                body.writeByte(1);
                                throw failure;
                            },
                            out))
                    .isSameAs(failure);
            assertThat(out.refCnt()).isOne();

            // What the failed one left behind is the caller's to drop; the codec itself must work on.
            out.clear();
            codec.encode(header, bytes(random(20)), out);
            Message message = codec.decode(out);
            assertMessage(message, header, random(20), message.size());
            message.release();
            out.release();
        }
    }

    @Test
    void aFilterNobodyKnowsIsRefusedBeforeSending() {
        MessageHeader unknown = header(1, 1, FilterIds.of('m', '?'));
        assumeThat(carries(unknown)).as("has filters").isTrue();

        assertThatThrownBy(() -> encode(codec(LIMIT), unknown, random(10)))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("unsupported transfer filter id: 63");
    }

    @Test
    void aFrameIsAppendedToWhatIsThere() {
        FrameCodec codec = codec(LIMIT);
        ByteBuf out = pooled(new byte[] {1, 2, 3});
        codec.encode(call(1), bytes(random(10)), out);

        assertThat(out.readMedium()).isEqualTo(0x010203);
        assertThat(ByteBufUtil.getBytes(out)).isEqualTo(encode(codec, call(1), random(10)));
        out.release();
    }

    @Test
    void severalThreadsMayEncodeAtOnce() throws Exception {
        int threads = 4;
        int rounds = 500;
        FrameCodec codec = codec(LIMIT);
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<List<byte[]>>> writers = IntStream.range(0, threads)
                    .<Callable<List<byte[]>>>mapToObj(thread -> () -> {
                        together.await();
                        List<byte[]> frames = new ArrayList<>();
                        for (int i = 0; i < rounds; i++) {
                            frames.add(encode(codec, concurrent(thread, i), random(i)));
                        }
                        return frames;
                    })
                    .toList();
            List<Future<List<byte[]>>> written = pool.invokeAll(writers);
            for (int thread = 0; thread < threads; thread++) {
                List<byte[]> frames = written.get(thread).get();
                for (int i = 0; i < rounds; i++) {
                    ByteBuf in = Unpooled.wrappedBuffer(frames.get(i));
                    Message message = codec.decode(in);
                    assertMessage(message, concurrent(thread, i), random(i), frames.get(i).length);
                    message.release();
                    in.release();
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private MessageHeader concurrent(int thread, int round) {
        MessageHeader filtered = header(thread * 1000 + round, 1 + thread % 2, FilterIds.of('g', 'm'));
        return round % 2 == 0 && carries(filtered)
                ? filtered
                : header(filtered.sequence(), filtered.typeId(), FilterIds.none());
    }

    @Test
    void codecsOfTwoConnectionsDoNotKnowEachOther() {
        FrameCodec one = codec(LIMIT);
        FrameCodec other = codec(LIMIT);
        byte[] frame = encode(one, call(1), random(10));
        ByteBuf half = pooled(Arrays.copyOf(frame, frame.length / 2));
        ByteBuf whole = pooled(frame);

        assertThat(one.decode(half)).isNull();
        assertThatCode(() -> other.decode(whole).release()).doesNotThrowAnyException();
        half.release();
        whole.release();
    }
}
