package io.teleport.protocol.http;

import io.netty.buffer.ByteBuf;
import io.teleport.protocol.FrameCodecFuzz;
import io.teleport.protocol.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class HttpFuzzTests extends FrameCodecFuzz {

    @Override
    protected Protocol protocol() {
        return new HttpProtocol();
    }

    @Override
    protected String refusal() {
        return "http: ";
    }

    @Override
    protected List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>(framesOf("http"));
        for (String seed : List.of(
                "POST /a?x=1&y=%20 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;e=\"1\"\r\n[1,\r\n2\r\n2]\r\n0\r\nT: 1\r\n\r\n",
                "GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\nPOST /b HTTP/1.1\r\nX-Seq: 3\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nX-Seq: 7\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")) {
            seeds.add(seed.getBytes(StandardCharsets.US_ASCII));
        }
        return seeds;
    }

    @Override
    protected List<String> tokens() {
        return List.of(
                "\r\n",
                "\n",
                "\r\n\r\n",
                ":",
                " ",
                "%",
                "%zz",
                "?",
                "X-Seq: 1\r\n",
                "Content-Length: 3\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Transfer-Encoding: chunked\r\n",
                "Content-Encoding: gzip\r\n",
                "X-Content-Encoding: gzip\r\n",
                "Connection: close\r\n",
                "Expect: 100-continue\r\n",
                "fffffffffffffffff\r\n",
                "0\r\n\r\n",
                "HTTP/1.1 299 Business Error\r\n",
                "GET / HTTP/1.1\r\n\r\n");
    }

    /** Sizes are digits somewhere in the text; most mutations leave them alone. */
    @Override
    protected boolean mendSize(ByteBuf frame) {
        return true;
    }
}
