package io.teleport.protocol.json;

import io.netty.buffer.ByteBuf;
import io.teleport.protocol.FrameCodecFuzz;
import io.teleport.protocol.InMessages;
import io.teleport.protocol.Protocol;
import java.util.List;

class JsonSubFuzzTests extends FrameCodecFuzz {

    @Override
    protected Protocol protocol() {
        return new InMessages(new JsonProtocol());
    }

    @Override
    protected String refusal() {
        return "json: ";
    }

    @Override
    protected List<byte[]> seeds() {
        return framesOf("ws-json");
    }

    @Override
    protected List<String> tokens() {
        return JsonTokens.ALL;
    }

    @Override
    protected boolean mendSize(ByteBuf frame) {
        return false;
    }
}
