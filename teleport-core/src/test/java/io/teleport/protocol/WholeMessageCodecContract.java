package io.teleport.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.teleport.filter.TransferFilters;
import io.teleport.filter.gzip.GzipFilter;
import io.teleport.filter.md5.Md5Filter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for the layout of a message that has no frame, beyond the recorded messages. */
public abstract class WholeMessageCodecContract {

    private static final int LIMIT = 16 * 1024 * 1024;

    private static final TransferFilters FILTERS = TransferFilters.of(List.of(new GzipFilter('g'), new Md5Filter('m')));

    protected abstract Protocol protocol();

    private FrameCodec codec(int limit) {
        return protocol().newFrameCodec(new ProtocolContext(true, limit, FILTERS, PooledByteBufAllocator.DEFAULT));
    }

    private static MessageHeader header(int... filters) {
        return new MessageHeader(
                -5, 2, "/a", Status.of(404, "no", ""), Metadata.of("k", "v"), 's', FilterIds.of(filters));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] encode(FrameCodec codec, MessageHeader header, byte[] body) {
        ByteBuf out = PooledByteBufAllocator.DEFAULT.buffer();
        try {
            codec.encode(header, text -> text.writeBytes(body), out);
            return ByteBufUtil.getBytes(out);
        } finally {
            out.release();
        }
    }

    private static void assertRefused(FrameCodec codec, byte[] message, Class<?> type, String found) {
        ByteBuf in = PooledByteBufAllocator.DEFAULT.buffer().writeBytes(message);
        try {
            assertThatThrownBy(() -> codec.decode(in)).isInstanceOf(type).hasMessageContaining(found);
        } finally {
            in.release();
            assertThat(in.refCnt()).isZero();
        }
    }

    @Test
    void aMessageComesBackWithItsStatusAndFiltersAndOutlivesTheBufferItCameIn() {
        for (MessageHeader header : List.of(header(), header('g'), header('m'), header('m', 'g', 'm'))) {
            for (int length : new int[] {0, 1, 300, 1 << 20}) {
                byte[] bytes = encode(codec(LIMIT), header, random(length));
                ByteBuf in = PooledByteBufAllocator.DEFAULT.buffer().writeBytes(bytes);
                Message message = codec(LIMIT).decode(in);
                in.release();

                assertThat(message).isNotNull();
                assertThat(message.header()).isEqualTo(header);
                assertThat(message.size()).isEqualTo(bytes.length);
                assertThat(ByteBufUtil.getBytes(message.body())).isEqualTo(random(length));
                message.release();
                assertThat(in.refCnt()).isZero();
            }
        }
    }

    @Test
    void anEmptyMessageIsRefused() {
        assertRefused(codec(LIMIT), new byte[0], ProtocolException.class, "message is empty");
    }

    @Test
    void aMessageOfExactlyTheLimitPassesAndALongerOneIsRefusedBothWays() {
        byte[] message = encode(codec(LIMIT), header(), random(100));
        assertThat(encode(codec(message.length), header(), random(100))).isEqualTo(message);
        FrameCodec strict = codec(message.length - 1);

        assertRefused(
                strict,
                message,
                MessageTooLargeException.class,
                "message of " + message.length + " bytes exceeds the message limit of " + (message.length - 1));
        assertThatThrownBy(() -> encode(strict, header(), random(100)))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("limit " + (message.length - 1));
    }

    @Test
    void aBodyThatExpandsBeyondTheLimitIsRefusedBothWays() {
        byte[] bomb = encode(codec(LIMIT), header('g'), new byte[1 << 20]);
        assertThat(bomb).hasSizeLessThan(65_536);

        assertRefused(codec(65_536), bomb, MessageTooLargeException.class, "65536");
        assertThatThrownBy(() -> encode(codec(65_536), header('g'), new byte[1 << 20]))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("65536");
    }

    @Test
    void aBodyThatCannotBeWrittenFailsWithItsOwnException() {
        RuntimeException failure = new IllegalStateException("no body today");
        for (MessageHeader header : List.of(header(), header('g'))) {
            ByteBuf out = PooledByteBufAllocator.DEFAULT.buffer();
            assertThatThrownBy(() -> codec(LIMIT)
                            .encode(
                                    header,
                                    body -> {
                                        throw failure;
                                    },
                                    out))
                    .isSameAs(failure);
            assertThat(out.release()).isTrue();
        }
    }

    @Test
    void aFilterNobodyKnowsIsRefusedBeforeSending() {
        assertThatThrownBy(() -> encode(codec(LIMIT), header('?'), random(3)))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("unsupported transfer filter id: 63");
    }
}
