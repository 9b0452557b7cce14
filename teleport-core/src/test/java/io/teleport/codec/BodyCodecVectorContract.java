package io.teleport.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.testing.KnownDifferences;
import io.teleport.testing.NeedsWireVectors;
import io.teleport.testing.VectorCase;
import io.teleport.testing.WireVectors;
import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The cases of codec.json that are of one codec. */
@NeedsWireVectors
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BodyCodecVectorContract {

    protected final BodyCodec codec;

    protected final Bodies bodies;

    protected BodyCodecVectorContract(BodyCodec codec) {
        this.codec = codec;
        this.bodies = new Bodies(BodyCodecs.of(List.of(codec)));
    }

    /** The value that a case describes. */
    protected abstract Object value(JsonNode described);

    protected abstract void compareReading(VectorCase vector);

    protected List<VectorCase> cases() {
        return WireVectors.cases("codec").stream()
                .filter(vector -> vector.string("codec").equals(codec.name()))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void behavesAsRecorded(VectorCase vector) throws Throwable {
        KnownDifferences.compare(vector, () -> {
            if (vector.string("op").equals("marshal")) {
                compareWriting(vector);
            } else {
                compareReading(vector);
            }
        });
    }

    private void compareWriting(VectorCase vector) {
        Object value = value(vector.get("value"));
        ByteBuf out = Unpooled.buffer();
        if (vector.get("error").isNull()) {
            write(value, out);
            assertWritten(vector, out);
        } else {
            assertThatThrownBy(() -> write(value, out)).isInstanceOf(CodecException.class);
        }
    }

    private void write(Object value, ByteBuf out) {
        bodies.writer(value, codec.id()).writeTo(out);
    }

    protected void assertWritten(VectorCase vector, ByteBuf out) {
        assertThat(out).isEqualTo(Unpooled.wrappedBuffer(WireVectors.bytes(vector.get("output_hex"))));
    }
}
