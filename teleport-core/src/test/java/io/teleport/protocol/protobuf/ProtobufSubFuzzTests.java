package io.teleport.protocol.protobuf;

import io.netty.buffer.ByteBuf;
import io.teleport.protocol.FrameCodecFuzz;
import io.teleport.protocol.InMessages;
import io.teleport.protocol.Protocol;
import java.util.List;

class ProtobufSubFuzzTests extends FrameCodecFuzz {

    @Override
    protected Protocol protocol() {
        return new InMessages(new ProtobufProtocol());
    }

    @Override
    protected String refusal() {
        return "protobuf: ";
    }

    @Override
    protected List<byte[]> seeds() {
        return framesOf("ws-protobuf");
    }

    @Override
    protected boolean mendSize(ByteBuf frame) {
        return false;
    }
}
