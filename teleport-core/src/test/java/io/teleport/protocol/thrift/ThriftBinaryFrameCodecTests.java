package io.teleport.protocol.thrift;

import io.teleport.message.MessageHeader;
import io.teleport.protocol.FrameCodecContract;
import io.teleport.protocol.Protocol;

class ThriftBinaryFrameCodecTests extends FrameCodecContract {

    @Override
    protected Protocol protocol() {
        return new ThriftBinaryProtocol();
    }

    @Override
    protected byte[] announcing(long size) {
        return Frames.announcing(size);
    }

    @Override
    protected boolean carries(MessageHeader header) {
        return Frames.hasType(header);
    }
}
