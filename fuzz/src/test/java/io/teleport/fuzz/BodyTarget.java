package io.teleport.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.teleport.codec.BodyCodec;
import io.teleport.codec.CodecException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Feeds bytes to a body codec. Whatever they are, it gives a value that can be written, read and written again until nothing changes, or ends in
 * a {@link CodecException} whose text can be sent.
 */
final class BodyTarget {

    private static final int LONGEST_TEXT = 2_000;

    private final BodyCodec codec;

    private final List<Type> types;

    BodyTarget(BodyCodec codec, Type... types) {
        this.codec = codec;
        this.types = List.of(types);
    }

    /** Each for every type: the first byte of an input chooses one. */
    Stream<byte[]> seeds(Stream<byte[]> bodies) {
        return bodies.flatMap(body -> IntStream.range(0, types.size()).mapToObj(type -> {
            byte[] input = new byte[body.length + 1];
            input[0] = (byte) type;
            System.arraycopy(body, 0, input, 1, body.length);
            return input;
        }));
    }

    void run(byte[] input) {
        if (input.length < 2) {
            return;
        }
        Type type = types.get((input[0] & 0xff) % types.size());
        Object value;
        try {
            value = codec.decode(Unpooled.wrappedBuffer(input, 1, input.length - 1), type);
        } catch (CodecException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(LONGEST_TEXT + input.length);
            return;
        }
        byte[] written = value == null ? null : written(value);
        // What has no type may come back as another one once: -0.0 is written -0, which is read as the integer 0.
        byte[] again = written == null ? null : rewritten(written, type);
        if (again != null) {
            assertThat(rewritten(again, type))
                    .as("what was written of %s, later", value)
                    .isEqualTo(again);
        }
    }

    private byte @Nullable [] rewritten(byte[] written, Type type) {
        Object read =
                written.length > 0 ? codec.decode(Unpooled.wrappedBuffer(written), type) : codec.decodeEmpty(type);
        assertThat(read).as("what was written").isNotNull();
        return written(read);
    }

    private byte @Nullable [] written(Object value) {
        ByteBuf out = Unpooled.buffer();
        try {
            codec.encode(value, out);
            return ByteBufUtil.getBytes(out);
        } catch (CodecException e) {
            // Such as a number that has no text, or a key that XML cannot name.
            assertThat(e.getMessage()).isNotBlank();
            return null;
        }
    }
}
