package io.teleport.codec.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.ByteBufUtil;
import io.teleport.codec.BodyCodec;
import io.teleport.codec.CodecException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Messages that protoc generated. No bytes at all are a message without fields, not null, so the receiver of a null gets one. Unknown fields are
 * kept, as protobuf-java does.
 */
public final class ProtobufBodyCodec implements BodyCodec {

    /** Nesting of messages and groups that is accepted. */
    public static final int MAX_DEPTH = 100;

    @Override
    public int id() {
        return 'p';
    }

    @Override
    public String name() {
        return "protobuf";
    }

    @Override
    public void encode(Object value, ByteBuf out) {
        if (!(value instanceof MessageLite message)) {
            throw notAMessage("encode", value.getClass());
        }
        if (!message.isInitialized()) {
            throw new CodecException("protobuf: message lacks required fields");
        }
        int size = message.getSerializedSize();
        out.ensureWritable(size);
        try {
            if (out.nioBufferCount() == 1) {
                // Straight into the frame.
                CodedOutputStream output =
                        CodedOutputStream.newInstance(out.internalNioBuffer(out.writerIndex(), size));
                message.writeTo(output);
                output.flush();
                out.writerIndex(out.writerIndex() + size);
            } else {
                message.writeTo((OutputStream) new ByteBufOutputStream(out));
            }
        } catch (IOException e) {
            throw new CodecException("protobuf: message cannot be written", e);
        }
    }

    @Override
    public Object decode(ByteBuf in, Type type) {
        MessageLite empty = GeneratedMessages.emptyOf(type);
        if (empty == null) {
            throw notAMessage("decode into", type);
        }
        // A contiguous buffer is read in place; fields are copied from it.
        CodedInputStream input = in.nioBufferCount() == 1
                ? CodedInputStream.newInstance(in.nioBuffer())
                : CodedInputStream.newInstance(ByteBufUtil.getBytes(in));
        input.setRecursionLimit(MAX_DEPTH);
        try {
            MessageLite message = empty.getParserForType().parseFrom(input);
            // A stray end of a group ends parsing early.
            input.checkLastTagWas(0);
            return message;
        } catch (InvalidProtocolBufferException e) {
            throw new CodecException("protobuf: " + firstSentence(e.getMessage()), e);
        }
    }

    /** The rest is advice on the methods of protobuf-java. */
    private static String firstSentence(@Nullable String message) {
        return message == null ? "not a valid message" : message.split("\\.(?: |$)", 2)[0];
    }

    @Override
    public @Nullable Object decodeEmpty(Type type) {
        return GeneratedMessages.emptyOf(type);
    }

    @Override
    public @Nullable Object zero(Type type) {
        Object scalar = BodyCodec.super.zero(type);
        return scalar != null ? scalar : GeneratedMessages.emptyOf(type);
    }

    private static CodecException notAMessage(String verb, Type type) {
        return new CodecException(
                "protobuf: cannot " + verb + " this value (expected a generated message or bytes)",
                new IllegalArgumentException("Not a generated message: " + type.getTypeName()));
    }
}
