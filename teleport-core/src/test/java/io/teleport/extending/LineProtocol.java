package io.teleport.extending;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.protocol.EncodeException;
import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.MessageTooLargeException;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** One line of text for each message: {@code sequence type method codec status metadata body}, the body in Base64. */
public final class LineProtocol implements Protocol {

    @Override
    public String name() {
        return "line";
    }

    @Override
    public FrameCodec newFrameCodec(ProtocolContext context) {
        return new Lines(context.messageLimit());
    }

    private record Lines(int limit) implements FrameCodec {

        @Override
        public @Nullable Message decode(ByteBuf in) {
            int size = in.bytesBefore((byte) '\n');
            if (size > limit || (size < 0 && in.readableBytes() > limit)) {
                throw new MessageTooLargeException("line: longer than " + limit + " bytes", null);
            }
            if (size < 0) {
                return null;
            }
            String line = in.readCharSequence(size, StandardCharsets.UTF_8).toString();
            in.skipBytes(1);
            String[] part = line.split(" ", -1);
            if (part.length != 7) {
                throw new ProtocolException("line: " + part.length + " parts, expected 7");
            }
            try {
                MessageHeader header = new MessageHeader(
                        Integer.parseInt(part[0]),
                        Integer.parseInt(part[1]),
                        part[2],
                        Status.parseQuery(part[4]),
                        Metadata.parse(part[5]),
                        Integer.parseInt(part[3]),
                        FilterIds.none());
                return new Message(
                        header, Unpooled.wrappedBuffer(Base64.getDecoder().decode(part[6])), size + 1);
            } catch (IllegalArgumentException e) {
                throw new ProtocolException("line: " + e.getMessage());
            }
        }

        @Override
        public void encode(MessageHeader header, BodyWriter body, ByteBuf out) {
            if (!header.filters().isEmpty() || header.serviceMethod().matches(".*\\s.*")) {
                throw new EncodeException("line: takes no filters, and no white space in a service method");
            }
            ByteBuf bytes = Unpooled.buffer();
            body.writeTo(bytes);
            String line = String.join(
                    " ",
                    Integer.toString(header.sequence()),
                    Integer.toString(header.typeId()),
                    header.serviceMethod(),
                    Integer.toString(header.bodyCodec()),
                    header.status().toQuery(),
                    header.metadata().toQuery(),
                    Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), bytes.writerIndex())));
            out.writeCharSequence(line + "\n", StandardCharsets.UTF_8);
        }
    }
}
