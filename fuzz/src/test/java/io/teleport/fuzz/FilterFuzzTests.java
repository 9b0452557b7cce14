package io.teleport.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.teleport.filter.AesGcmKeys;
import io.teleport.filter.FilterException;
import io.teleport.filter.TransferFilter;
import io.teleport.filter.aesgcm.AesGcmFilter;
import io.teleport.filter.gzip.GzipFilter;
import io.teleport.filter.md5.Md5Filter;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The undoing of every transfer filter: the original within the limit, or a {@link FilterException}. */
class FilterFuzzTests {

    private static final int LIMIT = 64 * 1024;

    private static final TransferFilter GZIP = new GzipFilter('g');

    private static final TransferFilter MD5 = new Md5Filter('m');

    private static final TransferFilter AES_GCM = new AesGcmFilter('a', AesGcmKeys.of("1", Map.of("1", new byte[16])));

    @MethodSource
    @FuzzTest
    void gzip(byte[] input) {
        undo(GZIP, input);
    }

    static Stream<byte[]> gzip() {
        return Seeds.filtered('g');
    }

    @MethodSource
    @FuzzTest
    void md5(byte[] input) {
        undo(MD5, input);
    }

    static Stream<byte[]> md5() {
        return Seeds.filtered('m');
    }

    @MethodSource
    @FuzzTest
    void aesGcm(byte[] input) {
        undo(AES_GCM, input);
    }

    static Stream<byte[]> aesGcm() {
        return Stream.of(new byte[0], new byte[64]).map(plain -> encoded(AES_GCM, plain));
    }

    private static byte[] encoded(TransferFilter filter, byte[] plain) {
        ByteBuf out = Unpooled.buffer();
        filter.encode(Unpooled.wrappedBuffer(plain), out);
        return ByteBufUtil.getBytes(out);
    }

    private static void undo(TransferFilter filter, byte[] input) {
        CountingAllocator allocator = new CountingAllocator(4L * LIMIT);
        ByteBuf out = allocator.buffer();
        try {
            filter.decode(Unpooled.wrappedBuffer(input), out, LIMIT);
            assertThat(out.readableBytes()).isLessThanOrEqualTo(LIMIT);
            ByteBuf original = Unpooled.copiedBuffer(out);
            ByteBuf again = Unpooled.buffer();
            filter.decode(Unpooled.wrappedBuffer(encoded(filter, ByteBufUtil.getBytes(out))), again, LIMIT);
            assertThat(again).isEqualTo(original);
        } catch (FilterException e) {
            assertThat(e.getMessage()).isNotBlank();
        } finally {
            out.release();
        }
        assertThat(allocator.held()).isZero();
    }
}
