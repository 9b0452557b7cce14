package io.teleport.protocol.json;

import io.teleport.protocol.FrameCodecContract;
import io.teleport.protocol.Protocol;
import java.nio.ByteBuffer;

class JsonFrameCodecTests extends FrameCodecContract {

    @Override
    protected Protocol protocol() {
        return new JsonProtocol();
    }

    @Override
    protected byte[] announcing(long size) {
        // The size field does not count itself.
        return ByteBuffer.allocate(9).putInt((int) (size - 4)).array();
    }
}
