package io.teleport.protocol.json;

import io.netty.buffer.ByteBuf;
import io.teleport.protocol.FrameCodecFuzz;
import io.teleport.protocol.Protocol;
import java.util.List;

class JsonFuzzTests extends FrameCodecFuzz {

    @Override
    protected Protocol protocol() {
        return new JsonProtocol();
    }

    @Override
    protected String refusal() {
        return "json: ";
    }

    @Override
    protected List<byte[]> seeds() {
        return framesOf("json");
    }

    @Override
    protected List<String> tokens() {
        return JsonTokens.ALL;
    }

    @Override
    protected boolean mendSize(ByteBuf frame) {
        if (frame.readableBytes() >= 4) {
            frame.setInt(0, frame.readableBytes() - 4);
        }
        return true;
    }
}
