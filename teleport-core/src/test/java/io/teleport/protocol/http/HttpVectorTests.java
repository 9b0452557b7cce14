package io.teleport.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.Metadata;
import io.teleport.protocol.MessageVector;
import io.teleport.protocol.MessageVectorContract;
import io.teleport.protocol.Protocol;
import io.teleport.testing.VectorCase;
import io.teleport.testing.WireVectors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Every case of http.json. */
class HttpVectorTests extends MessageVectorContract {

    /** What the service methods mean that are more than a path. */
    private static final Map<String, String> PATHS = Map.of(
            "url-query", "/home/test",
            "url-absolute", "/home/test",
            "url-percent-escapes", "/a b/\u4e16",
            "url-space", "/a b",
            "url-fragment", "/a");

    private static final Map<String, Metadata> QUERIES = Map.of(
            "url-query", Metadata.of("peer_id", "110", "x", "a b"), "url-absolute", Metadata.of("peer_id", "110"));

    static List<MessageVector> cases() {
        return casesOf("http");
    }

    @Override
    protected Protocol protocol() {
        return new HttpProtocol();
    }

    @Override
    protected int uncounted() {
        return 0;
    }

    /** Go leaves the line ends out. */
    @Override
    protected int sizeReadByGo(VectorCase vector) {
        String packed = new String(WireVectors.bytes(vector.get("packed_hex")), StandardCharsets.ISO_8859_1);
        String head = packed.substring(0, packed.indexOf("\r\n\r\n") + 4);
        int lines = head.split("\r\n", -1).length - 1;
        return vector.get("go_unpacked_size").asInt() + 2 * lines;
    }

    @Override
    protected boolean carriesStatusInGo() {
        return true;
    }

    @Override
    protected void assertCameBack(MessageVector sent, Message message) {
        String name = sent.vector().name();
        MessageHeader header = sent.header();
        List<Metadata.Entry> more =
                name.equals("url-absolute") ? List.of(new Metadata.Entry("Host", "localhost:9090")) : List.of();
        assertThat(message).isNotNull();
        assertThat(message.header())
                .isEqualTo(Carried.header(
                        header,
                        PATHS.getOrDefault(name, header.serviceMethod()),
                        QUERIES.getOrDefault(name, Metadata.empty()),
                        more));
        boolean error = !Carried.isRequest(header) && !header.status().isOk();
        assertThat(ByteBufUtil.getBytes(message.body())).isEqualTo(error ? new byte[0] : sent.body());
    }
}
