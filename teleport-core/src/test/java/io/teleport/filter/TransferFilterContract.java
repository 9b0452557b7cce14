package io.teleport.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every transfer filter must do. Buffers come from the pool and are guarded: one that is not released fails the run. */
public abstract class TransferFilterContract {

    protected static final ByteBufAllocator POOL = PooledByteBufAllocator.DEFAULT;

    protected abstract TransferFilter filter();

    /** Whether a changed byte anywhere in the encoded form is found. */
    protected abstract boolean findsEveryChange();

    static Stream<byte[]> contents() {
        byte[] allBytes = new byte[256];
        IntStream.range(0, 256).forEach(i -> allBytes[i] = (byte) i);
        return Stream.of(
                new byte[0],
                new byte[] {0},
                new byte[] {'x'},
                allBytes,
                random(8 * 1024),
                random(8 * 1024 + 1),
                new byte[1 << 20],
                random(1 << 20));
    }

    protected static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    protected final byte[] encode(byte[] content) {
        ByteBuf in = POOL.buffer().writeBytes(content);
        ByteBuf out = POOL.buffer();
        try {
            filter().encode(in, out);
            return ByteBufUtil.getBytes(out);
        } finally {
            in.release();
            out.release();
        }
    }

    protected final byte[] decode(byte[] encoded, int limit) {
        ByteBuf in = POOL.buffer().writeBytes(encoded);
        ByteBuf out = POOL.buffer();
        try {
            filter().decode(in, out, limit);
            return ByteBufUtil.getBytes(out);
        } finally {
            in.release();
            out.release();
        }
    }

    @ParameterizedTest
    @MethodSource("contents")
    void contentComesBack(byte[] content) {
        assertThat(decode(encode(content), content.length)).isEqualTo(content);
    }

    @ParameterizedTest
    @MethodSource("contents")
    void contentOneByteLongerThanTheLimitIsRefused(byte[] content) {
        if (content.length > 0) {
            byte[] encoded = encode(content);
            assertThatThrownBy(() -> decode(encoded, content.length - 1))
                    .isInstanceOf(FilterLimitException.class)
                    .hasMessageContaining(filter().name())
                    .hasMessageContaining("limit of " + (content.length - 1) + " bytes");
        }
    }

    @Test
    void theResultIsAppendedAndTheInputLeftAlone() {
        ByteBuf in = POOL.buffer().writeZero(3).writeBytes(random(100)).skipBytes(3);
        ByteBuf encoded = POOL.buffer().writeByte('e');
        ByteBuf decoded = POOL.buffer().writeByte('d');
        filter().encode(in, encoded);
        assertThat(encoded.readByte()).isEqualTo((byte) 'e');
        filter().decode(encoded.slice(), decoded, 100);

        assertThat(decoded.readByte()).isEqualTo((byte) 'd');
        assertThat(ByteBufUtil.getBytes(decoded)).isEqualTo(random(100));
        assertThat(in.refCnt()).isOne();
        assertThat(ByteBufUtil.getBytes(in)).isEqualTo(random(100));
        in.release();
        encoded.release();
        decoded.release();
    }

    @Test
    void scatteredInputIsReadAsOne() {
        byte[] encoded = encode(random(1000));
        ByteBuf in = POOL.compositeBuffer()
                .addComponent(true, POOL.buffer().writeBytes(encoded, 0, 7))
                .addComponent(true, POOL.directBuffer().writeBytes(encoded, 7, encoded.length - 7));
        ByteBuf out = POOL.buffer();
        filter().decode(in, out, 1000);

        assertThat(ByteBufUtil.getBytes(out)).isEqualTo(random(1000));
        in.release();
        out.release();
    }

    @Test
    void everyTruncatedFormIsRefused() {
        byte[] encoded = encode(random(40));
        for (int length = 1; length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            assertThatThrownBy(() -> decode(cut, 1000)).as("%d bytes", length).isInstanceOf(FilterException.class);
        }
    }

    @Test
    void aChangedByteIsFoundOrDoesNotMatter() {
        byte[] encoded = encode(random(40));
        for (int at = 0; at < encoded.length; at++) {
            byte[] changed = encoded.clone();
            changed[at] ^= 0x10;
            byte[] decoded;
            try {
                decoded = decode(changed, 1000);
            } catch (FilterException e) {
                assertThat(e.getMessage()).startsWith(filter().name() + ": ");
                continue;
            }
            assertThat(findsEveryChange())
                    .as("byte %d of %d", at, encoded.length)
                    .isFalse();
            assertThat(decoded).as("byte %d of %d", at, encoded.length).isEqualTo(random(40));
        }
    }

    @Test
    void garbageIsRefused() {
        Random random = new Random(4711);
        for (int i = 0; i < 2000; i++) {
            byte[] garbage = new byte[1 + random.nextInt(100)];
            random.nextBytes(garbage);
            assertThatThrownBy(() -> decode(garbage, 1000)).isInstanceOf(FilterException.class);
        }
    }
}
