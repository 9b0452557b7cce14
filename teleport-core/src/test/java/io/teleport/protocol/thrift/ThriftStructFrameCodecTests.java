package io.teleport.protocol.thrift;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.teleport.message.MessageHeader;
import io.teleport.protocol.FrameCodecContract;
import io.teleport.protocol.Protocol;

class ThriftStructFrameCodecTests extends FrameCodecContract {

    @Override
    protected Protocol protocol() {
        return new ThriftStructProtocol();
    }

    @Override
    protected byte[] announcing(long size) {
        return Frames.announcing(size);
    }

    @Override
    protected boolean carries(MessageHeader header) {
        boolean isThrift = header.bodyCodec() == 't' || header.bodyCodec() == 0;
        return Frames.hasType(header) && isThrift && header.filters().isEmpty();
    }

    @Override
    protected int bodyCodec() {
        return 't';
    }

    /** A struct that holds the bytes. */
    @Override
    protected byte[] random(int length) {
        byte[] content = super.random(length);
        ByteBuf struct = Unpooled.buffer();
        struct.writeByte(11).writeShort(1).writeInt(length).writeBytes(content).writeByte(0);
        return ByteBufUtil.getBytes(struct);
    }

    @Override
    protected MessageHeader received(MessageHeader sent) {
        return new MessageHeader(
                sent.sequence(),
                sent.typeId(),
                sent.serviceMethod(),
                sent.status(),
                sent.metadata(),
                't',
                sent.filters());
    }

    /** None at all is the struct without fields. */
    @Override
    protected byte[] received(byte[] sent) {
        return sent.length == 0 ? new byte[1] : sent;
    }
}
