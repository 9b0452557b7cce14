package io.teleport.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.teleport.filter.gzip.GzipFilter;
import io.teleport.filter.md5.Md5Filter;
import io.teleport.message.FilterIds;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransferFiltersTests {

    private static final ByteBufAllocator POOL = PooledByteBufAllocator.DEFAULT;

    private static final int LIMIT = 2 << 20;

    private final GzipFilter gzip = new GzipFilter('g');

    private final Md5Filter md5 = new Md5Filter('m');

    private final TransferFilters filters = TransferFilters.of(List.of(gzip, md5));

    private byte[] encode(FilterIds pipe, byte[] content) {
        ByteBuf out = filters.encode(pipe, POOL.buffer().writeBytes(content), POOL, 4 * LIMIT);
        try {
            return ByteBufUtil.getBytes(out);
        } finally {
            out.release();
        }
    }

    private byte[] decode(FilterIds pipe, byte[] encoded, int limit) {
        ByteBuf out = filters.decode(pipe, POOL.buffer().writeBytes(encoded), POOL, limit);
        try {
            return ByteBufUtil.getBytes(out);
        } finally {
            out.release();
        }
    }

    static Stream<FilterIds> pipes() {
        return Stream.of(
                FilterIds.none(),
                FilterIds.of('g'),
                FilterIds.of('m'),
                FilterIds.of('g', 'm'),
                FilterIds.of('m', 'g'),
                FilterIds.of('g', 'g', 'm', 'm', 'g'));
    }

    @ParameterizedTest
    @MethodSource("pipes")
    void contentComesBackThroughAPipe(FilterIds pipe) {
        TransferFilterContract.contents()
                .forEach(content ->
                        assertThat(decode(pipe, encode(pipe, content), LIMIT)).isEqualTo(content));
    }

    @Test
    void theFirstIsTheOutermost() {
        byte[] content = TransferFilterContract.random(100);
        ByteBuf checked = POOL.buffer();
        ByteBuf in = POOL.buffer().writeBytes(content);
        md5.encode(in, checked);

        assertThat(decode(FilterIds.of('g'), encode(FilterIds.of('g', 'm'), content), LIMIT))
                .isEqualTo(ByteBufUtil.getBytes(checked));
        in.release();
        checked.release();
    }

    @Test
    void everyStepIsHeldToTheLimit() {
        byte[] content = new byte[1 << 20];
        FilterIds pipe = FilterIds.of('m', 'g', 'm');
        byte[] encoded = encode(pipe, content);

        assertThat(decode(pipe, encoded, (1 << 20) + 16)).isEqualTo(content);
        assertThatThrownBy(() -> decode(pipe, encoded, 1 << 20)).isInstanceOf(FilterLimitException.class);
    }

    @Test
    void anUnknownIdIsRefusedBothWaysAndTheContentReleased() {
        ByteBuf content = POOL.buffer().writeZero(100);
        ByteBuf encoded = POOL.buffer().writeZero(100);

        assertThatThrownBy(() -> filters.encode(FilterIds.of('m', '?'), content, POOL, LIMIT))
                .isInstanceOf(FilterException.class)
                .hasMessage("unsupported transfer filter id: 63");
        assertThatThrownBy(() -> filters.decode(FilterIds.of('?', 'm'), encoded, POOL, LIMIT))
                .isInstanceOf(FilterException.class)
                .hasMessage("unsupported transfer filter id: 63");
        assertThat(content.refCnt()).isZero();
        assertThat(encoded.refCnt()).isZero();
    }

    @Test
    void aFilterThatFailsReleasesTheContent() {
        ByteBuf encoded = POOL.buffer().writeZero(100);

        assertThatThrownBy(() -> filters.decode(FilterIds.of('g'), encoded, POOL, LIMIT))
                .isInstanceOf(FilterException.class);
        assertThat(encoded.refCnt()).isZero();
    }

    @Test
    void twoFiltersOfOneIdOrNameAreRefused() {
        assertThatThrownBy(() -> TransferFilters.of(List.of(gzip, new GzipFilter('g', "other", 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Transfer filters 'gzip' and 'other' both have id 103");
        assertThatThrownBy(() -> TransferFilters.of(List.of(gzip, new GzipFilter('h', "gzip", 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Two transfer filters are named 'gzip'");
        assertThatThrownBy(() -> TransferFilters.of(List.of(new Md5Filter(256))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Transfer filter 'md5' has id 256 (expected 0 to 255)");
    }

    @Test
    void aFilterIsFoundByItsName() {
        assertThat(filters.byName("md5")).isSameAs(md5);
        assertThatThrownBy(() -> filters.byName("zip"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Unknown transfer filter 'zip' (known: [gzip, md5])");
    }

    @Test
    void aLongPipeOfLargeStepsIsRefusedThoughEachStepFits() {
        FilterIds pipe = FilterIds.of('g');
        for (int i = 0; i < 20; i++) {
            pipe = pipe.plus('m');
        }
        byte[] encoded = encode(pipe, new byte[LIMIT - 20 * 16]);
        FilterIds longPipe = pipe;
        assertThat(encoded.length).isLessThan(LIMIT / 100);
        assertThatThrownBy(() -> decode(longPipe, encoded, LIMIT))
                .isInstanceOf(FilterLimitException.class)
                .hasMessage("pipe of 21 filters: content expands beyond the limit of " + 8L * LIMIT + " bytes");
    }

    @Test
    void soItIsWhenItIsApplied() {
        FilterIds pipe = FilterIds.of('m', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm');
        ByteBuf content = POOL.buffer().writeZero(1 << 20);

        assertThatThrownBy(() -> filters.encode(pipe, content, POOL, 1 << 20))
                .isInstanceOf(FilterLimitException.class)
                .hasMessage("pipe of 9 filters: content expands beyond the limit of " + (8L << 20) + " bytes");
        assertThat(content.refCnt()).isZero();
    }
}
