package io.teleport.hostile;

import static io.teleport.hostile.HostileBodies.ascii;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.teleport.filter.TransferFilters;
import io.teleport.message.Message;
import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.http.HttpProtocol;
import io.teleport.socket.CloseReason;
import io.teleport.testing.AllocatedBytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that attack the reader, or whoever reads the same bytes another way. What is merely no request is refused in HttpDoorTests. */
class HttpDoorAttackTests {

    private static final String POST = "POST /same HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n";

    private static final String EVIL = "a\r\nX-Evil: 1\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";

    private final AtomicInteger smuggled = new AtomicInteger();

    private HostileDoor open() {
        HostileDoor door = new HostileDoor(BodyWire.HTTP);
        door.server()
                .router()
                .call("/smuggled", byte[].class, (context, body) -> smuggled.incrementAndGet())
                .call("/tag", byte[].class, (context, body) -> {
                    context.replyMeta("X-Tag", context.metadata().get("tag", "none"));
                    return body;
                })
                .call("/evil/meta", byte[].class, (context, body) -> {
                    context.replyMeta("X-Tag", EVIL);
                    return body;
                })
                .call("/evil/key", byte[].class, (context, body) -> {
                    context.replyMeta(EVIL, "value");
                    return body;
                })
                .call("/evil/status", byte[].class, (context, body) -> {
                    throw new StatusException(Status.of(1234, EVIL, EVIL));
                });
        return door;
    }

    private static void assertAnswered(String told, String status) {
        assertThat(told).startsWith("HTTP/1.1 " + status + "\r\n").contains("\r\nConnection: close\r\n");
        assertThat(told.split("HTTP/1\\.1 ", -1)).as("answers in %s", told).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "413 Content Too Large | FRAME_TOO_LARGE | Content-Length: 1000000000~~",
                "413 Content Too Large | FRAME_TOO_LARGE | Content-Length: 9223372036854775807~~",
                "413 Content Too Large | FRAME_TOO_LARGE | Content-Length: 18446744073709551620~~",
                "413 Content Too Large | FRAME_TOO_LARGE | Transfer-Encoding: chunked~~3b9aca00~",
                "413 Content Too Large | FRAME_TOO_LARGE | Transfer-Encoding: chunked~~1~x~fffffffffffffff0~",
                "400 Bad Request       | PROTOCOL_ERROR  | Content-Length: -1000000000~~",
                "400 Bad Request       | PROTOCOL_ERROR  | Content-Length: 1e9~~",
                "400 Bad Request       | PROTOCOL_ERROR  | Content-Length: 0x10~~",
                "400 Bad Request       | PROTOCOL_ERROR  | Content-Length: 1_0~~",
                "400 Bad Request       | PROTOCOL_ERROR  | Content-Length:~~",
                "400 Bad Request       | PROTOCOL_ERROR  | Content-Length: 4~Content-Length: 4~~",
                "400 Bad Request       | PROTOCOL_ERROR  | Content-Length: 4~Content-Length: 5~~",
                "400 Bad Request       | PROTOCOL_ERROR  | Content-Length: 4, 4~~",
                "400 Bad Request       | PROTOCOL_ERROR  | Content-Length : 4~~",
                "400 Bad Request       | PROTOCOL_ERROR  | Content-Length: 4~Transfer-Encoding: chunked~~",
                "400 Bad Request       | PROTOCOL_ERROR  | Transfer-Encoding: chunked~Content-Length: 4~~",
                "400 Bad Request       | PROTOCOL_ERROR  | Transfer-Encoding: chunked~Transfer-Encoding: chunked~~",
                "501 Not Implemented   | PROTOCOL_ERROR  | Transfer-Encoding: chunked, chunked~~",
                "501 Not Implemented   | PROTOCOL_ERROR  | Transfer-Encoding: identity~~",
                "501 Not Implemented   | PROTOCOL_ERROR  | Transfer-Encoding: xchunked~~",
                "400 Bad Request       | PROTOCOL_ERROR  | Transfer-Encoding : chunked~~",
                "400 Bad Request       | PROTOCOL_ERROR  | Transfer-Encoding: chunked~~0x1~",
                "400 Bad Request       | PROTOCOL_ERROR  | Transfer-Encoding: chunked~~+1~",
                "415 Unsupported Media Type | PROTOCOL_ERROR | X-Content-Encoding: md5~Content-Length: 1~~x"
            })
    void lengthsThatTwoReadersMightReadInTwoWaysAreRefused(String status, CloseReason reason, String rest)
            throws Exception {
        try (HostileDoor door = open()) {
            String smuggling = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
            String request = POST + rest.replace("~", "\r\n") + smuggling;
            String told = door.assertEnds(ascii(request), reason, "http: ");
            assertAnswered(told, status);
        }
        assertThat(smuggled).hasValue(0);
    }

    @Test
    void bareCarriageReturnsEndNoLine() throws Exception {
        try (HostileDoor door = open()) {
            String told = door.assertEnds(
                    ascii(POST + "X-A: b\rContent-Length: 50\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n"),
                    CloseReason.PROTOCOL_ERROR,
                    "a line does not end with CR LF");
            assertAnswered(told, "400 Bad Request");
        }
        assertThat(smuggled).hasValue(0);
    }

    @Test
    void aHundredThousandHeadersAreRefusedAtTheThousandth() throws Exception {
        try (HostileDoor door = open()) {
            String told = door.assertEnds(
                    ascii(POST + "a: b\r\n".repeat(100_000)), CloseReason.FRAME_TOO_LARGE, "more than 1000 headers");
            assertAnswered(told, "431 Request Header Fields Too Large");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Endless: ", "X-Endless", " ", "Content-Length: "})
    void aHeaderLineWithoutEndIsRefused(String beginning) throws Exception {
        try (HostileDoor door = open()) {
            String told = door.assertEnds(
                    ascii(POST + beginning + "9".repeat(1 << 20)),
                    CloseReason.FRAME_TOO_LARGE,
                    "headers are longer than 131072 bytes");
            assertAnswered(told, "431 Request Header Fields Too Large");
        }
    }

    @Test
    void endlessTrailersAreRefused() throws Exception {
        try (HostileDoor door = open()) {
            String told = door.assertEnds(
                    ascii(POST + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + "a: b\r\n".repeat(100_000)),
                    CloseReason.FRAME_TOO_LARGE,
                    "more than 1000 headers");
            assertAnswered(told, "431 Request Header Fields Too Large");
        }
    }

    /** As many headers and pairs as there may be; the last value of a header takes the place of the query's first. */
    @Test
    void headersThatAllNamePairsOfTheQueryAreSetOnce() throws Exception {
        try (HostileDoor door = open();
                HostileClient client = door.attack()) {
            String query = "tag=q&" + "a&".repeat(3_900) + "tag=r";
            client.send("GET /tag?" + query + " HTTP/1.1\r\n" + "a: b\r\nA: c\r\n".repeat(490)
                    + "Tag: h\r\ntag: i\r\n\r\n");
            assertThat(client.head()).contains("\r\nX-Tag: q\r\n");
        }
    }

    @Test
    void whatOneHeaderSaysAThousandTimesCostsNoMoreThanItsBytes() {
        String head = POST + ("Connection: " + "x".repeat(110) + "\r\n").repeat(990) + "\r\n";
        ByteBuf in = Unpooled.wrappedBuffer(ascii(head));
        long before = AllocatedBytes.now();
        Message message = new HttpProtocol()
                .newFrameCodec(new ProtocolContext(
                        true, HostileDoor.LIMIT, TransferFilters.of(List.of()), UnpooledByteBufAllocator.DEFAULT))
                .decode(in);
        assertThat(message).isNotNull();
        assertThat(AllocatedBytes.now() - before).as("bytes allocated").isLessThan(20L * head.length());
    }

    @Test
    void gzipIsRefusedWithAnAnswerIfItIsBadOrABombOfAnyClient() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[16 * HostileDoor.LIMIT]);
        }
        String gzip = POST + "Content-Encoding: gzip\r\nContent-Length: ";
        try (HostileDoor door = open()) {
            String told = door.assertEnds(
                    ascii(gzip + bomb.size() + "\r\n\r\n" + bomb.toString(StandardCharsets.ISO_8859_1)),
                    CloseReason.FRAME_TOO_LARGE,
                    "http: gzip: content expands beyond the limit of 262144 bytes");
            assertAnswered(told, "413 Content Too Large");
            told = door.assertEnds(
                    ascii(gzip + "4\r\n\r\nnone"), CloseReason.PROTOCOL_ERROR, "http: gzip: invalid header");
            assertAnswered(told, "400 Bad Request");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /tag?tag=a%0d%0aX-Evil:%201%0d%0a%0d%0aevil HTTP/1.1",
                "GET /tag?tag=a%0aX-Evil:%201 HTTP/1.1",
                "GET /tag?tag=%E5%98%8D%E5%98%8AX-Evil:%201 HTTP/1.1",
                "GET /evil/meta HTTP/1.1",
                "GET /evil/key HTTP/1.1",
                "GET /evil/status HTTP/1.1",
                "GET /nowhere%0d%0aX-Evil:%201 HTTP/1.1",
                "POST /tag HTTP/1.1\r\nX-Seq: 1\r\nX-Content-Encoding: gzip%0d%0aX-Evil: 1\r\nContent-Encoding: gzip"
            })
    void noLineOfAnAnswerIsOfTheOtherSidesMaking(String request) throws Exception {
        try (HostileDoor door = open();
                HostileClient client = door.attack()) {
            client.send(request + "\r\nHost: x\r\nConnection: close\r\n\r\n");
            String told = client.rest();
            assertThat(told.split("\r\n\r\n", -1)).as(told).hasSize(2);
            assertThat(told).startsWith("HTTP/1.1 2").doesNotContain("\nX-Evil", "\rX-Evil");
            HostileDoor.assertTellsNoSecrets(told);
        }
    }
}
