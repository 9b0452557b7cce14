package io.teleport.protocol.raw;

import io.netty.buffer.ByteBuf;
import io.teleport.protocol.FrameCodecFuzz;
import io.teleport.protocol.Protocol;
import io.teleport.testing.WireVectors;
import java.util.List;
import java.util.stream.Stream;

class RawFuzzTests extends FrameCodecFuzz {

    @Override
    protected Protocol protocol() {
        return new RawProtocol();
    }

    @Override
    protected String refusal() {
        return "raw: ";
    }

    @Override
    protected List<byte[]> seeds() {
        Stream<byte[]> malformed =
                WireVectors.cases("malformed-raw").stream().map(vector -> WireVectors.bytes(vector.get("frame_hex")));
        return Stream.concat(framesOf("raw").stream(), malformed).toList();
    }

    @Override
    protected boolean mendSize(ByteBuf frame) {
        if (frame.readableBytes() >= 4) {
            frame.setInt(0, frame.readableBytes());
        }
        return true;
    }
}
