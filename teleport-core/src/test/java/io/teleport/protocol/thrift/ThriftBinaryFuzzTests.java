package io.teleport.protocol.thrift;

import io.netty.buffer.ByteBuf;
import io.teleport.protocol.FrameCodecFuzz;
import io.teleport.protocol.Protocol;
import java.util.List;

class ThriftBinaryFuzzTests extends FrameCodecFuzz {

    @Override
    protected Protocol protocol() {
        return new ThriftBinaryProtocol();
    }

    @Override
    protected String refusal() {
        return "thrift: ";
    }

    @Override
    protected List<byte[]> seeds() {
        return framesOf("thrift-binary");
    }

    @Override
    protected boolean mendSize(ByteBuf frame) {
        return Frames.mendLength(frame);
    }
}
