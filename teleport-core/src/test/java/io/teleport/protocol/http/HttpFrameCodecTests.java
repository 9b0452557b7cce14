package io.teleport.protocol.http;

import io.teleport.message.MessageHeader;
import io.teleport.message.Metadata;
import io.teleport.protocol.FrameCodecContract;
import io.teleport.protocol.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.List;

class HttpFrameCodecTests extends FrameCodecContract {

    @Override
    protected Protocol protocol() {
        return new HttpProtocol();
    }

    @Override
    protected boolean carries(MessageHeader header) {
        return Carried.isPossible(header);
    }

    @Override
    protected MessageHeader received(MessageHeader header) {
        return Carried.header(header, header.serviceMethod(), Metadata.empty(), List.of());
    }

    @Override
    protected byte[] announcing(long size) {
        String before = "POST /math/add HTTP/1.1\r\nX-Seq: 1\r\nContent-Length: ";
        for (long length = size; ; length--) {
            String head = before + length + "\r\n\r\n";
            if (head.length() + length == size) {
                return head.getBytes(StandardCharsets.US_ASCII);
            }
        }
    }
}
