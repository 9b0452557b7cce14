package io.teleport.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.teleport.codec.json.JsonBodyCodec;
import io.teleport.codec.plain.PlainBodyCodec;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodiesTests {

    private final Bodies bodies = new Bodies(BodyCodecs.of(List.of(new JsonBodyCodec(), new PlainBodyCodec())));

    private record Point(int x, int y) {}

    private byte[] write(Object body, int codecId) {
        ByteBuf out = Unpooled.buffer();
        bodies.writer(body, codecId).writeTo(out);
        return ByteBufUtil.getBytes(out);
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {'j', 's', 0, 200})
    void bytesNeedNoCodec(int codecId) {
        byte[] bytes = {0, 1, -1};
        ByteBuf buffer = Unpooled.wrappedBuffer(bytes);

        assertThat(write(bytes, codecId)).isEqualTo(bytes);
        assertThat(write(buffer, codecId)).isEqualTo(bytes);
        assertThat(buffer.readableBytes()).isEqualTo(3);
        assertThat(buffer.refCnt()).isOne();
        assertThat(bodies.read(buffer, codecId, byte[].class)).isEqualTo(bytes);
        assertThat(bodies.readArgument(buffer, codecId, byte[].class)).isEqualTo(bytes);
    }

    @Test
    void aBufferIsHandedOutWithoutCopyingAndOutlivesTheMessage() {
        ByteBuf body = PooledByteBufAllocator.DEFAULT.buffer().writeBytes(new byte[] {1, 2, 3});
        ByteBuf read = (ByteBuf) bodies.read(body, 's', ByteBuf.class);
        body.release();

        assertThat(ByteBufUtil.getBytes(read)).containsExactly(1, 2, 3);
        read.release();
        assertThat(body.refCnt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {'j', 's', 0, 200})
    void nothingIsSentForNull(int codecId) {
        assertThat(write(null, codecId)).isEmpty();
    }

    @Test
    void aValueNeedsARegisteredCodec() {
        assertThatThrownBy(() -> bodies.writer("text", 0))
                .isInstanceOf(CodecException.class)
                .hasMessage("unsupported codec id: 0");
        assertThatThrownBy(() -> bodies.read(text("5"), 200, int.class))
                .isInstanceOf(CodecException.class)
                .hasMessage("unsupported codec id: 200");
    }

    @Test
    void readingLeavesTheBodyAlone() {
        ByteBuf body = text("[1,2,3]");

        assertThat(bodies.read(body, 'j', int[].class)).isEqualTo(new int[] {1, 2, 3});
        assertThat(bodies.read(body, 'j', int[].class)).isEqualTo(new int[] {1, 2, 3});
        assertThat(body.refCnt()).isOne();
    }

    @ParameterizedTest
    @ValueSource(classes = {void.class, Void.class})
    void nobodyLooksAtABodyThatIsNotWanted(Class<?> type) {
        assertThat(bodies.read(text("not json"), 'j', type)).isNull();
    }

    @Test
    void anEmptyBodyIsNullToACallerAndTheZeroValueToAHandler() {
        Map<Type, Object> zeros = Map.of(
                int.class,
                0,
                Long.class,
                0L,
                boolean.class,
                false,
                double.class,
                0.0,
                String.class,
                "",
                int[].class,
                new int[0],
                byte[].class,
                new byte[0],
                List.class,
                List.of(),
                Map.class,
                Map.of(),
                Point.class,
                new Point(0, 0));

        zeros.forEach((type, zero) -> {
            assertThat(bodies.readArgument(Unpooled.EMPTY_BUFFER, 'j', type)).isEqualTo(zero);
            if (type != byte[].class) {
                assertThat(bodies.read(Unpooled.EMPTY_BUFFER, 'j', type)).isNull();
            }
        });
        assertThat(bodies.readArgument(Unpooled.EMPTY_BUFFER, 's', int.class)).isEqualTo(0);
        assertThat(bodies.readArgument(Unpooled.EMPTY_BUFFER, 's', String.class))
                .isEqualTo("");
        assertThat(bodies.readArgument(Unpooled.EMPTY_BUFFER, 0, int.class)).isEqualTo(0);
        assertThat(bodies.readArgument(Unpooled.EMPTY_BUFFER, 0, Point.class)).isNull();
    }

    @Test
    void aJsonNullIsTheZeroValueToAHandler() {
        assertThat(bodies.readArgument(text("null"), 'j', String.class)).isEqualTo("");
        assertThat(bodies.readArgument(text("null"), 'j', int.class)).isEqualTo(0);
        assertThat(bodies.readArgument(text("null"), 'j', Point.class)).isEqualTo(new Point(0, 0));
        assertThat(bodies.readArgument(text("null"), 'j', List.class)).isEqualTo(List.of());
    }
}
