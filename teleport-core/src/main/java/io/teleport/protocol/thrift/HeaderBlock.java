package io.teleport.protocol.thrift;

import io.netty.buffer.ByteBuf;
import io.teleport.message.MessageHeader;
import io.teleport.message.WireText;
import io.teleport.protocol.EncodeException;
import io.teleport.protocol.ProtocolException;
import java.util.function.Consumer;

/** The part of a THeader frame before its message: how the message is written, and key-value headers. */
final class HeaderBlock {

    static final String STATUS = "Tp-Status";

    static final String META = "Tp-Meta";

    static final String BODY_CODEC = "Tp-BodyCodec";

    static final String XFER_PIPE = "Tp-XferPipe";

    static final int WORD = 4;

    private static final int LONGEST = 0xffff * WORD;

    private static final int BINARY_PROTOCOL = 0;

    private static final int KEY_VALUES = 1;

    /** Of a value that fits into the block. */
    private static final int LONGEST_LENGTH = 3;

    private HeaderBlock() {}

    /** Reads the whole block. Ends, as Go does, at the first kind of information that it does not know, which padding is as well. */
    static ReceivedHeaders read(ByteBuf block) {
        int protocol = VarInt.read(block, "protocol");
        if (protocol != BINARY_PROTOCOL) {
            throw new ProtocolException("thrift: message is in protocol " + protocol + " (expected 0, binary)");
        }
        int transforms = VarInt.read(block, "number of transforms");
        if (transforms > 0) {
            throw new ProtocolException("thrift: message went through " + transforms
                    + " transforms (expected none, transfer filters do that)");
        }
        ReceivedHeaders headers = new ReceivedHeaders();
        while (block.isReadable() && VarInt.read(block, "kind of information") == KEY_VALUES) {
            int count = VarInt.read(block, "number of headers");
            for (int i = 0; i < count; i++) {
                ByteBuf key = text(block, "key");
                headers.put(WireText.decode(key, key.readableBytes()), text(block, "value"));
            }
        }
        return headers;
    }

    private static ByteBuf text(ByteBuf block, String part) {
        int length = VarInt.read(block, "length of a header's " + part);
        if (length > block.readableBytes()) {
            throw new ProtocolException("thrift: header block ends inside a header's " + part + ", which takes "
                    + length + " bytes; " + block.readableBytes() + " are left");
        }
        return block.readSlice(length);
    }

    /** Writes the number of words and the block. */
    static void write(MessageHeader header, boolean withBodyHeaders, ByteBuf out) {
        int start = out.writerIndex();
        out.writeShort(0);
        out.writeByte(BINARY_PROTOCOL);
        out.writeByte(0);
        out.writeByte(KEY_VALUES);
        out.writeByte(withBodyHeaders ? 4 : 2);
        write(STATUS, header.status()::writeQuery, out);
        write(META, header.metadata()::writeQuery, out);
        if (withBodyHeaders) {
            write(BODY_CODEC, value -> value.writeByte(header.bodyCodec()), out);
            write(XFER_PIPE, header.filters()::write, out);
        }
        int block = start + Short.BYTES;
        out.writeZero(-(out.writerIndex() - block) & (WORD - 1));
        int length = out.writerIndex() - block;
        checkLength(length);
        out.setShort(start, length / WORD);
    }

    /** Lets the value write itself where it will stand, but for the few bytes by which its length was not known. */
    private static void write(String key, Consumer<ByteBuf> value, ByteBuf out) {
        VarInt.write(key.length(), out);
        WireText.encode(key, out);
        int start = out.writerIndex();
        out.writeZero(LONGEST_LENGTH);
        int written = out.writerIndex();
        value.accept(out);
        int length = out.writerIndex() - written;
        checkLength(length);
        out.writerIndex(start);
        VarInt.write(length, out);
        int place = out.writerIndex();
        out.setBytes(place, out, written, length);
        out.writerIndex(place + length);
    }

    private static void checkLength(int length) {
        if (length > LONGEST) {
            throw new EncodeException("thrift: status and metadata take " + length
                    + " bytes of headers or more; the protocol has room for " + LONGEST);
        }
    }
}
