package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.teleport.filter.TransferFilters;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.raw.RawProtocol;
import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketSnapshot;
import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Well-formed frames that make little sense, and what the table of behaviour.md section 2 says their sender gets. */
class OddMessageTests {

    private static final int JSON = 'j';

    private static final int UNKNOWN_CODEC = 200;

    private final FrameCodec codec = new RawProtocol()
            .newFrameCodec(new ProtocolContext(
                    false, PeerDefaults.MESSAGE_LIMIT, TransferFilters.of(List.of()), ByteBufAllocator.DEFAULT));

    private final CountDownLatch napBegan = new CountDownLatch(1);

    private final CompletableFuture<String> nap = new CompletableFuture<>();

    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private Peer server;

    private Socket connection;

    @BeforeEach
    void connect() throws Exception {
        server = Peer.builder().listen("tcp://127.0.0.1:0").build();
        server.router()
                .call("/length", int[].class, (context, numbers) -> numbers.length)
                .call("/raw", byte[].class, (context, bytes) -> bytes)
                .call("/nap", void.class, (context, nothing) -> {
                    context.session().closeFuture().thenAccept(cause -> ended.complete(null));
                    napBegan.countDown();
                    return nap;
                });
        server.start();
        connection = new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    @AfterEach
    void disconnect() throws Exception {
        connection.close();
        server.close();
    }

    private void send(int typeId, String method, int bodyCodec, String body) throws Exception {
        MessageHeader header =
                new MessageHeader(7, typeId, method, Status.OK, Metadata.empty(), bodyCodec, FilterIds.none());
        ByteBuf frame = Unpooled.buffer();
        codec.encode(header, out -> out.writeCharSequence(body, StandardCharsets.UTF_8), frame);
        connection.getOutputStream().write(ByteBufUtil.getBytes(frame));
    }

    private Reply call(String method, int bodyCodec, String body) throws Exception {
        send(MessageType.CALL.id(), method, bodyCodec, body);
        return read();
    }

    private record Reply(Status status, int bodyCodec, String body) {}

    private Reply read() throws Exception {
        DataInputStream in = new DataInputStream(connection.getInputStream());
        int size = in.readInt();
        byte[] rest = new byte[size - Integer.BYTES];
        in.readFully(rest);
        Message message = codec.decode(Unpooled.buffer().writeInt(size).writeBytes(rest));
        assertThat(message).isNotNull();
        assertThat(message.header().type()).isEqualTo(MessageType.REPLY);
        assertThat(message.header().sequence()).isEqualTo(7);
        assertThat(message.header().serviceMethod()).isEmpty();
        String body = message.body().toString(StandardCharsets.UTF_8);
        message.release();
        return new Reply(message.header().status(), message.header().bodyCodec(), body);
    }

    private SocketSnapshot closed() throws Exception {
        // The stream's end is the event: by then the server has decided why.
        while (connection.getInputStream().read() >= 0) {
            // Whatever was still sent.
        }
        server.closeAsync().get(30, TimeUnit.SECONDS);
        return server.sockets().closed().get(0);
    }

    @Test
    void anUnknownCodecWithABodyIs400AndTheSessionStays() throws Exception {
        Reply reply = call("/length", UNKNOWN_CODEC, "[1]");
        assertThat(reply.status()).isEqualTo(Status.of(400, "Bad Message", "unsupported codec id: 200"));
        assertThat(call("/length", JSON, "[1,2]")).isEqualTo(new Reply(Status.OK, JSON, "2"));
    }

    @Test
    void anUnknownCodecIsEchoedWhereTheHandlerTakesBytes() throws Exception {
        assertThat(call("/raw", UNKNOWN_CODEC, "bytes")).isEqualTo(new Reply(Status.OK, UNKNOWN_CODEC, "bytes"));
    }

    @Test
    void anUnknownRouteIs404WhateverTheCodec() throws Exception {
        Reply reply = call("/nowhere", UNKNOWN_CODEC, "[1]");
        assertThat(reply.status()).isEqualTo(Status.of(404, "Not Found", ""));
        assertThat(reply.bodyCodec()).isZero();
    }

    @Test
    void anEmptyServiceMethodIs400() throws Exception {
        assertThat(call("", JSON, "[1]").status())
                .isEqualTo(Status.of(400, "Bad Message", "invalid service method for message"));
    }

    @Test
    void codec0WithoutABodyRunsTheHandlerButItsReplyCannotBeEncoded() throws Exception {
        assertThat(call("/length", 0, "").status())
                .isEqualTo(Status.of(500, "Internal Server Error", "unsupported codec id: 0"));
        assertThat(call("/raw", 0, "")).isEqualTo(new Reply(Status.OK, 0, ""));
    }

    @Test
    void codec0WithABodyThatMustBeDecodedEndsTheConnectionWithoutAReply() throws Exception {
        send(MessageType.CALL.id(), "/length", 0, "[1]");
        SocketSnapshot socket = closed();
        assertThat(socket.closeReason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
        assertThat(socket.error()).isEqualTo("body of 3 bytes has codec id 0");
        assertThat(socket.framesOut()).isZero();
    }

    @Test
    void codec0WithABodyIsFineWhereTheHandlerTakesBytes() throws Exception {
        assertThat(call("/raw", 0, "bytes")).isEqualTo(new Reply(Status.OK, 0, "bytes"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 5, 6, 255})
    void anUnsupportedTypeClosesAfterRunningCallsWereAnswered(int typeId) throws Exception {
        send(MessageType.CALL.id(), "/nap", JSON, "");
        assertThat(napBegan.await(30, TimeUnit.SECONDS)).isTrue();
        send(typeId, "/length", JSON, "[1]");
        // Closing has begun once the session is out of the registry, which the server does before it waits for the nap.
        while (server.sessions().count() > 0) {
            Thread.onSpinWait();
        }
        assertThat(ended).isNotDone();
        nap.complete("woken");
        assertThat(read()).isEqualTo(new Reply(Status.OK, JSON, "\"woken\""));
        SocketSnapshot socket = closed();
        assertThat(socket.closeReason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
        assertThat(socket.error()).startsWith("unsupported message type: " + typeId);
    }

    @Test
    void aReplyNobodyWaitsForIsDroppedAndTheSessionStays() throws Exception {
        send(MessageType.REPLY.id(), "", UNKNOWN_CODEC, "what?");
        assertThat(call("/length", JSON, "[1,2,3]")).isEqualTo(new Reply(Status.OK, JSON, "3"));
    }

    @Test
    void twoCallsWithOneNumberGetTwoReplies() throws Exception {
        send(MessageType.CALL.id(), "/length", JSON, "[1]");
        send(MessageType.CALL.id(), "/length", JSON, "[1]");
        assertThat(read()).isEqualTo(new Reply(Status.OK, JSON, "1"));
        assertThat(read()).isEqualTo(new Reply(Status.OK, JSON, "1"));
    }
}
