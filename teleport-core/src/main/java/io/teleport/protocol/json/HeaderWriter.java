package io.teleport.protocol.json;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.teleport.message.MessageHeader;

/** Appends the fields in front of the body, in Go's order. */
final class HeaderWriter {

    private HeaderWriter() {}

    static void begin(MessageHeader header, ByteBuf out) {
        number("{\"seq\":", header.sequence(), out);
        number(",\"mtype\":", header.typeId(), out);
        ByteBufUtil.writeAscii(out, ",\"serviceMethod\":");
        GoQuote.write(header.serviceMethod(), out);
    }

    static void status(MessageHeader header, ByteBuf out) {
        // The query form has nothing to escape, here and below.
        ByteBufUtil.writeAscii(out, ",\"status\":\"");
        header.status().writeQuery(out);
        out.writeByte('"');
    }

    static void end(MessageHeader header, ByteBuf out) {
        ByteBufUtil.writeAscii(out, ",\"meta\":\"");
        header.metadata().writeQuery(out);
        number("\",\"bodyCodec\":", header.bodyCodec(), out);
    }

    private static void number(String key, int value, ByteBuf out) {
        ByteBufUtil.writeAscii(out, key);
        ByteBufUtil.writeAscii(out, Integer.toString(value));
    }
}
