package io.teleport.protocol.protobuf;

import io.netty.buffer.ByteBuf;
import io.teleport.protocol.FrameCodecFuzz;
import io.teleport.protocol.Protocol;
import java.util.List;

class ProtobufFuzzTests extends FrameCodecFuzz {

    @Override
    protected Protocol protocol() {
        return new ProtobufProtocol();
    }

    @Override
    protected String refusal() {
        return "protobuf: ";
    }

    @Override
    protected List<byte[]> seeds() {
        return framesOf("protobuf");
    }

    @Override
    protected boolean mendSize(ByteBuf frame) {
        if (frame.readableBytes() >= 4) {
            frame.setInt(0, frame.readableBytes() - 4);
        }
        return true;
    }
}
