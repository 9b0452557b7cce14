package io.teleport.codec.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Empty;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.codec.BodyCodecVectorContract;
import io.teleport.codec.CodecException;
import io.teleport.codec.GoValues;
import io.teleport.testing.VectorCase;
import io.teleport.testing.WireVectors;
import java.lang.reflect.Type;
import tools.jackson.databind.JsonNode;

/**
 * The protobuf cases of codec.json. Generated messages that protobuf-java brings stand for those of Go which have the same fields on the wire:
 * Duration (two numbers), Any (two texts) and Empty.
 */
class ProtobufVectorTests extends BodyCodecVectorContract {

    ProtobufVectorTests() {
        super(new ProtobufBodyCodec());
    }

    @Override
    protected void compareReading(VectorCase vector) {
        ByteBuf in = Unpooled.wrappedBuffer(WireVectors.bytes(vector.get("input_hex")));
        Type target = target(vector.string("target"));
        if (!vector.get("error").isNull()) {
            assertThatThrownBy(() -> bodies.read(in, codec.id(), target)).isInstanceOf(CodecException.class);
            return;
        }
        Object read = bodies.read(in, codec.id(), target);
        if (read instanceof Duration numbers) {
            // Field 4 of one case is unknown to both.
            numbers = Duration.newBuilder()
                    .setSeconds(numbers.getSeconds())
                    .setNanos(numbers.getNanos())
                    .build();
            assertThat(numbers).isEqualTo(value(vector.get("result")));
        } else if (read instanceof Empty) {
            assertThat(target).isEqualTo(Empty.class);
        } else {
            assertThat(vector.has("result")).isFalse();
            assertThat(read).isNull();
        }
    }

    @Override
    protected Object value(JsonNode described) {
        return switch (described.required("type").asString()) {
            case "pointer" -> value(described.required("to"));
            case "struct" -> message(described.required("name").asString(), described.required("fields"));
            default -> GoValues.value(described);
        };
    }

    private static Object message(String name, JsonNode fields) {
        return switch (name) {
            case "PbEmpty", "empty struct" -> Empty.getDefaultInstance();
            case "PbTest" ->
                Duration.newBuilder()
                        .setSeconds(fields.required(0)
                                .required("value")
                                .required("value")
                                .asInt())
                        .setNanos(fields.required(1)
                                .required("value")
                                .required("value")
                                .asInt())
                        .build();
            case "Encrypt" ->
                Any.newBuilder()
                        .setTypeUrl(fields.required(0)
                                .required("value")
                                .required("value")
                                .asString())
                        .setValue(ByteString.copyFromUtf8(fields.required(1)
                                .required("value")
                                .required("value")
                                .asString()))
                        .build();
            default -> throw new AssertionError("unknown message " + name);
        };
    }

    private static Type target(String go) {
        return switch (go) {
            case "struct PbTest" -> Duration.class;
            case "struct PbEmpty" -> Empty.class;
            case "string" -> String.class;
            case "null" -> void.class;
            default -> throw new AssertionError("unknown target " + go);
        };
    }
}
