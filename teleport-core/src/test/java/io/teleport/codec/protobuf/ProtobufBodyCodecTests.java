package io.teleport.codec.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.UninterpretedOption.NamePart;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Empty;
import com.google.protobuf.Int32Value;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.teleport.codec.Bodies;
import io.teleport.codec.BodyCodec;
import io.teleport.codec.BodyCodecContract;
import io.teleport.codec.BodyCodecs;
import io.teleport.codec.CodecException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufBodyCodecTests extends BodyCodecContract {

    private final Bodies bodies = new Bodies(BodyCodecs.of(List.of(new ProtobufBodyCodec())));

    @Override
    protected BodyCodec codec() {
        return new ProtobufBodyCodec();
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample(StringValue.of("text \u00e9\u4e16\ud83d\ude00"), StringValue.class),
                new Sample(Int32Value.of(-1), Int32Value.class),
                new Sample(Timestamp.newBuilder().setSeconds(1).setNanos(2).build(), Timestamp.class),
                new Sample(nested(3), Value.class),
                new Sample(
                        Struct.newBuilder()
                                .putFields(
                                        "a",
                                        Value.newBuilder().setNumberValue(0.1).build())
                                .putFields(
                                        "b",
                                        Value.newBuilder().setBoolValue(true).build())
                                .build(),
                        Struct.class));
    }

    /** A list in a list in a list; each is two messages deep. */
    private static Value nested(int lists) {
        Value value = Value.newBuilder().setStringValue("core").build();
        for (int i = 0; i < lists; i++) {
            Value.Builder outer = Value.newBuilder();
            outer.getListValueBuilder().addValues(value);
            value = outer.build();
        }
        return value;
    }

    @Test
    void aMessageBuiltAtRunTimeIsWrittenButCannotBeAskedFor() throws Exception {
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("test.proto")
                .setSyntax("proto3")
                .addMessageType(DescriptorProto.newBuilder()
                        .setName("PbTest")
                        .addField(FieldDescriptorProto.newBuilder()
                                .setName("a")
                                .setNumber(1)
                                .setType(FieldDescriptorProto.Type.TYPE_INT32)))
                .build();
        var type = FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("PbTest");
        DynamicMessage message = DynamicMessage.newBuilder(type)
                .setField(type.findFieldByNumber(1), 10)
                .build();

        assertThat(encode(message)).containsExactly(8, 10);
        assertThatThrownBy(() -> decode(new byte[] {8, 10}, DynamicMessage.class))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void unknownFieldsAreKept() {
        byte[] bytes = {8, 10, 34, 1, 'x'};

        assertThat(encode(decode(bytes, Int32Value.class))).isEqualTo(bytes);
    }

    @Test
    void nestingIsLimited() {
        assertThat(decode(encode(nested(50)), Value.class)).isEqualTo(nested(50));
        byte[] tooDeep = encode(nested(51));
        assertThatThrownBy(() -> decode(tooDeep, Value.class))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide)
                .hasMessageContaining("too many levels of nesting");
    }

    @Test
    void groupsTenThousandDeepAreRefusedEvenInUnknownFields() {
        byte[] groups = new byte[10_000];
        java.util.Arrays.fill(groups, (byte) (15 << 3 | 3));

        assertThatThrownBy(() -> decode(groups, Empty.class))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide);
    }

    @Test
    void aLengthThatLiesCostsNoMemory() {
        byte[] liar = {10, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 'x'};

        assertThatThrownBy(() -> decode(liar, StringValue.class))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0c, 0x04})
    void aStrayEndOfAGroupIsRefused(int tag) {
        assertThatThrownBy(() -> decode(new byte[] {(byte) tag, 8, 1}, Int32Value.class))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide);
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        assertThatThrownBy(() -> decode(new byte[] {10, 1, (byte) 0xff}, StringValue.class))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide);
    }

    @Test
    void requiredFieldsAreRequiredBothWays() {
        NamePart incomplete = NamePart.newBuilder().setNamePart("n").buildPartial();

        assertThatThrownBy(() -> encode(incomplete))
                .isInstanceOf(CodecException.class)
                .hasMessage("protobuf: message lacks required fields");
        byte[] bytes = incomplete.toByteArray();
        assertThatThrownBy(() -> decode(bytes, NamePart.class))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide);
    }

    @Test
    void scatteredBytesAreReadAsOne() {
        byte[] bytes = encode(StringValue.of("scattered"));
        ByteBuf in = PooledByteBufAllocator.DEFAULT
                .compositeBuffer()
                .addComponent(true, PooledByteBufAllocator.DEFAULT.buffer().writeBytes(bytes, 0, 4))
                .addComponent(
                        true, PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(bytes, 4, bytes.length - 4));

        assertThat(codec().decode(in, StringValue.class)).isEqualTo(StringValue.of("scattered"));
        in.release();
    }

    @Test
    void bytesOfAMessageOutliveTheBuffer() {
        ByteBuf in = PooledByteBufAllocator.DEFAULT.buffer().writeBytes(new byte[] {10, 3, 1, 2, 3});
        var message = (com.google.protobuf.BytesValue) codec().decode(in, com.google.protobuf.BytesValue.class);
        in.setZero(0, 5);
        in.release();

        assertThat(message.getValue()).isEqualTo(ByteString.copyFrom(new byte[] {1, 2, 3}));
    }

    @Test
    void noBytesAreAMessageWithoutFieldsToCallerAndHandler() {
        assertThat(encode(Duration.getDefaultInstance())).isEmpty();
        assertThat(bodies.read(Unpooled.EMPTY_BUFFER, 'p', Duration.class)).isEqualTo(Duration.getDefaultInstance());
        assertThat(bodies.readArgument(Unpooled.EMPTY_BUFFER, 'p', Duration.class))
                .isEqualTo(Duration.getDefaultInstance());
        assertThat(bodies.read(Unpooled.EMPTY_BUFFER, 'p', void.class)).isNull();
        assertThat(codec().zero(Duration.class)).isSameAs(Duration.getDefaultInstance());
        assertThat(codec().zero(int.class)).isEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(classes = {String.class, Object.class, List.class, Message.class, MessageLite.class})
    void whatIsNoGeneratedMessageIsRefused(Class<?> type) {
        assertThatThrownBy(() -> decode(new byte[] {8, 1}, type))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide)
                .hasMessage("protobuf: cannot decode into this value (expected a generated message or bytes)");
        assertThat(codec().decodeEmpty(type)).isNull();
    }
}
