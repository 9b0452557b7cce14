package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.teleport.codec.thrift.Author;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.session.Reply;
import io.teleport.session.Session;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two peers that speak the Thrift protocols. */
class ThriftPeerTests extends PeerPair {

    private final CompletableFuture<Object> pushed = new CompletableFuture<>();

    @Override
    String address() {
        return "local://thrift";
    }

    private void connect(String protocol, String codec) {
        connect(
                options -> options.protocol(protocol).bodyCodec(codec),
                options -> options.protocol(protocol).bodyCodec(codec));
        server.router()
                .call("/text", String.class, (context, text) -> text + " back")
                .call("/message", StringValue.class, (context, text) -> StringValue.of(text.getValue() + " back"))
                .call("/author", Author.class, (context, author) -> new Author(author.name() + " back"))
                .call("/nothing", Author.class, (context, author) -> null)
                .call("/refuse", Author.class, (context, author) -> {
                    throw Status.of(4004, "no such author", author.name()).toException();
                })
                .call("/much", Author.class, (context, author) -> {
                    context.replyMeta("much", "m".repeat(300_000));
                    return author;
                })
                .push("/note", Author.class, (context, author) -> pushed.complete(author));
    }

    @Test
    void thriftBinaryCarriesBodiesOfEveryCodec() throws Exception {
        connect("thrift-binary", "json");

        assertThat(session.call("/text", "json \"\\\"", String.class)).isEqualTo("json \"\\\" back");
        assertThat(session.request("/text").codec("plain").filter("gzip").call("plain", String.class))
                .satisfies(reply -> assertThat(reply.body()).isEqualTo("plain back"))
                .satisfies(reply -> assertThat(reply.bodyCodec()).isEqualTo('s'));
        assertThat(session.request("/message")
                        .codec("protobuf")
                        .call(StringValue.of("protobuf"), StringValue.class)
                        .body())
                .isEqualTo(StringValue.of("protobuf back"));
        assertThat(session.request("/author")
                        .codec("thrift")
                        .filter("md5")
                        .call(new Author("ada"), Author.class)
                        .body())
                .isEqualTo(new Author("ada back"));
        session.request("/note").codec("thrift").push(new Author("pushed"));
        assertThat(soon(pushed)).isEqualTo(new Author("pushed"));
    }

    @Test
    void thriftStructCarriesStructsAndNothing() throws Exception {
        connect("thrift-struct", "thrift");

        Reply<Author> reply = session.request("/author").meta("k", "v").call(new Author("ada"), Author.class);
        assertThat(reply.body()).isEqualTo(new Author("ada back"));
        assertThat(session.call("/author", null, Author.class)).isEqualTo(new Author(" back"));
        assertThat(session.call("/nothing", new Author("ada"), Author.class)).isEqualTo(new Author());
        assertThat(session.call("/nothing", null, Void.class)).isNull();
        session.push("/note", new Author("pushed"));
        assertThat(soon(pushed)).isEqualTo(new Author("pushed"));
    }

    @Test
    void statusesTravelInBothProtocols() {
        for (String protocol : new String[] {"thrift-binary", "thrift-struct"}) {
            connect(protocol, "thrift");
            assertThat(refusal(() -> session.call("/refuse", new Author("ada"), Author.class)))
                    .isEqualTo(Status.of(4004, "no such author", "ada"));
            assertThat(refusal(() -> session.call("/nowhere", new Author("ada"), Author.class))
                            .code())
                    .isEqualTo(StatusCode.NOT_FOUND);
            closePeers();
        }
    }

    @Test
    void whatTheProtocolCannotCarryFailsWithAStatusAndTheSessionLives() {
        connect("thrift-struct", "thrift");

        assertThat(refusal(() -> session.request("/text")
                        .codec("json")
                        .call("text", String.class)
                        .body()))
                .isEqualTo(Status.builtIn(
                        StatusCode.WRITE_FAILED,
                        "thrift: body codec must be thrift (116) in the protocol thrift-struct, not 106"));
        assertThat(refusal(() -> session.request("/author")
                                .filter("gzip")
                                .call(new Author("ada"), Author.class)
                                .body())
                        .cause())
                .contains("has no transfer filters");
        assertThat(refusal(() -> session.call("/author", new byte[] {'{', '}'}, Author.class))
                        .cause())
                .isEqualTo("thrift: body is no struct, as the protocol thrift-struct demands");
        assertThat(refusal(() -> session.request("/author")
                        .meta("X-Accept-Body-Codec", "106")
                        .call(new Author("ada"), Author.class)
                        .body()))
                .satisfies(status -> assertThat(status.code()).isEqualTo(StatusCode.INTERNAL_SERVER_ERROR))
                .satisfies(status -> assertThat(status.cause()).contains("body codec must be thrift"));
        assertThat(refusal(() -> session.call("/much", new Author("ada"), Author.class)))
                .satisfies(status -> assertThat(status.code()).isEqualTo(StatusCode.INTERNAL_SERVER_ERROR));
        assertThat(session.call("/author", new Author("ada"), Author.class)).isEqualTo(new Author("ada back"));
    }

    @Test
    void bytesThatAreStructsNeedNoCodec() {
        connect("thrift-struct", "thrift");
        server.router().call("/bytes", byte[].class, (context, bytes) -> bytes);
        byte[] struct = {11, 0, 1, 0, 0, 0, 1, 'x', 0};

        Session live = session;
        assertThat(live.call("/bytes", struct, byte[].class)).isEqualTo(struct);
        assertThat(live.call("/bytes", new byte[0], byte[].class)).containsExactly(0);
    }
}
