package io.teleport.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every body codec must do. Buffers come from the pool and are guarded: one that is not released fails the run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BodyCodecContract {

    /** A value, and the type a caller asks for to get an equal one. */
    public record Sample(Object value, Type type) {}

    protected abstract BodyCodec codec();

    protected abstract List<Sample> samples();

    protected final byte[] encode(Object value) {
        ByteBuf out = PooledByteBufAllocator.DEFAULT.buffer();
        try {
            codec().encode(value, out);
            return ByteBufUtil.getBytes(out);
        } finally {
            out.release();
        }
    }

    protected final Object decode(byte[] bytes, Type type) {
        ByteBuf in = PooledByteBufAllocator.DEFAULT.buffer().writeBytes(bytes);
        try {
            return codec().decode(in, type);
        } finally {
            in.release();
            assertThat(in.refCnt()).isZero();
        }
    }

    protected final Object decode(String text, Type type) {
        return decode(text.getBytes(StandardCharsets.UTF_8), type);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aValueComesBack(Sample sample) {
        assertThat(decode(encode(sample.value()), sample.type())).isEqualTo(sample.value());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aValueIsAppendedToWhatIsThere(Sample sample) {
        ByteBuf out = PooledByteBufAllocator.DEFAULT.buffer().writeBytes(new byte[] {1, 2, 3});
        codec().encode(sample.value(), out);

        assertThat(out.refCnt()).isOne();
        assertThat(out.readMedium()).isEqualTo(0x010203);
        assertThat(ByteBufUtil.getBytes(out)).isEqualTo(encode(sample.value()));
        out.release();
    }

    @Test
    void severalThreadsMayUseItAtOnce() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> rounds = IntStream.range(0, 40)
                    .<Callable<Void>>mapToObj(i -> () -> {
                        samples().forEach(this::aValueComesBack);
                        return null;
                    })
                    .toList();
            for (Future<Void> round : pool.invokeAll(rounds)) {
                round.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void garbageIsReadOrRefusedInWordsFitForTheOtherSide() {
        Random random = new Random(4711);
        for (int i = 0; i < 500; i++) {
            byte[] garbage = new byte[1 + random.nextInt(40)];
            random.nextBytes(garbage);
            for (Sample sample : samples()) {
                try {
                    decode(garbage, sample.type());
                } catch (CodecException e) {
                    assertFitForTheOtherSide(e);
                }
            }
        }
    }

    @Test
    void truncatedValuesAreReadOrRefusedInWordsFitForTheOtherSide() {
        for (Sample sample : samples()) {
            byte[] bytes = encode(sample.value());
            for (int length = 1; length < bytes.length; length++) {
                try {
                    decode(Arrays.copyOf(bytes, length), sample.type());
                } catch (CodecException e) {
                    assertFitForTheOtherSide(e);
                }
            }
        }
    }

    @Test
    void aValueItCannotEncodeIsRefusedInWordsFitForTheOtherSide() {
        assertThatThrownBy(() -> encode(new Unencodable()))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide);
    }

    /** Its only property cannot be had. */
    public static final class Unencodable {

        public int getProperty() {
            return Integer.parseInt("no text of an Exception leaves the process");
        }
    }

    @Test
    void textOfOneAlphabetIsReadOrRefusedInWordsFitForTheOtherSide() {
        Random random = new Random(4712);
        String alphabet = "{}[]\":,\\ntu/*'#+-.0123456789eENaInfinityrls \n";
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            Sample sample = samples().get(random.nextInt(samples().size()));
            try {
                decode(text.toString(), sample.type());
            } catch (CodecException e) {
                assertFitForTheOtherSide(e);
            }
        }
    }

    protected static void assertFitForTheOtherSide(CodecException e) {
        assertThat(e.getMessage())
                .matches("(?s)(json|plain|form|xml|protobuf|thrift): .+")
                .doesNotContain("tools.jackson", "java.", "io.teleport", "Exception", "\tat ")
                .doesNotContain("Jackson", "Deserializ", "Feature", "Unencodable");
        assertThat(e.getMessage().length()).isLessThan(300);
    }

    @Test
    void itsIdIsAByteAndItsNameLowerCase() {
        assertThat(codec().id()).isBetween(1, 255);
        assertThat(codec().name()).matches("[a-z][a-z0-9-]*");
    }
}
