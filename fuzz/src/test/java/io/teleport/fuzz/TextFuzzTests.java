package io.teleport.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts of a header. They have no wrong form: whatever they are, something is read, and is the same after it was written and read again. */
class TextFuzzTests {

    @MethodSource
    @FuzzTest
    void metadata(byte[] input) {
        Metadata read = Metadata.parse(Unpooled.wrappedBuffer(input), input.length);
        ByteBuf out = Unpooled.buffer();
        read.writeQuery(out);
        assertThat(Metadata.parse(out, out.readableBytes()).entries()).isEqualTo(read.entries());
    }

    static Stream<byte[]> metadata() {
        return Stream.of("input", "query").flatMap(field -> Seeds.texts("meta", field));
    }

    @MethodSource
    @FuzzTest
    void status(byte[] input) {
        Status read = Status.parseQuery(Unpooled.wrappedBuffer(input), input.length);
        ByteBuf out = Unpooled.buffer();
        read.writeQuery(out);
        assertThat(Status.parseQuery(out, out.readableBytes())).isEqualTo(read);
    }

    static Stream<byte[]> status() {
        return Seeds.texts("status", "query");
    }

    @MethodSource
    @FuzzTest
    void statusJson(byte[] input) {
        String json = new String(input, StandardCharsets.UTF_8);
        Status read;
        try {
            read = Status.parseJson(json);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(Status.parseJson(read.toJson()).toJson()).isEqualTo(read.toJson());
    }

    static Stream<byte[]> statusJson() {
        return Seeds.texts("status", "json");
    }
}
