package io.teleport.protocol.protobuf;

import io.teleport.protocol.FrameCodecContract;
import io.teleport.protocol.Protocol;
import java.nio.ByteBuffer;

class ProtobufFrameCodecTests extends FrameCodecContract {

    @Override
    protected Protocol protocol() {
        return new ProtobufProtocol();
    }

    @Override
    protected byte[] announcing(long size) {
        // The size field does not count itself.
        return ByteBuffer.allocate(9).putInt((int) (size - 4)).array();
    }
}
