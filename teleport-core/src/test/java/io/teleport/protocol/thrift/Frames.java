package io.teleport.protocol.thrift;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.teleport.message.MessageHeader;

/** THeader frames for tests. */
final class Frames {

    private Frames() {}

    /** The first bytes of a frame that takes this many, its length field included. */
    static byte[] announcing(long size) {
        ByteBuf start = Unpooled.buffer();
        start.writeInt((int) (size - 4)).writeShort(0x0fff).writeZero(3);
        return ByteBufUtil.getBytes(start);
    }

    static boolean hasType(MessageHeader header) {
        return header.typeId() >= 1 && header.typeId() <= 3;
    }

    /** Sets the length field to what is there. */
    static boolean mendLength(ByteBuf frame) {
        if (frame.readableBytes() >= 4) {
            frame.setInt(0, frame.readableBytes() - 4);
        }
        return true;
    }
}
