package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.teleport.filter.TransferFilters;
import io.teleport.message.BodyWriter;
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
import io.teleport.testing.Eventually;
import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a peer that shuts down treats a peer that is not told: one of Go, seen at its end of the wire. */
class DrainedPeerTests {

    private final FrameCodec codec = new RawProtocol()
            .newFrameCodec(new ProtocolContext(
                    false, PeerDefaults.MESSAGE_LIMIT, TransferFilters.of(List.of()), ByteBufAllocator.DEFAULT));

    private final CompletableFuture<Void> reached = new CompletableFuture<>();

    private final CompletableFuture<Void> pushed = new CompletableFuture<>();

    private final CompletableFuture<String> answer = new CompletableFuture<>();

    private Peer server;

    private Socket connection;

    private DataInputStream in;

    @BeforeEach
    void connect() throws Exception {
        server = Peer.builder()
                .listen("tcp://127.0.0.1:0")
                .closeTimeout(Duration.ofMinutes(1))
                .build();
        server.router()
                .call("/wait", void.class, (context, nothing) -> {
                    reached.complete(null);
                    return answer;
                })
                .push("/note", void.class, (context, nothing) -> pushed.complete(null));
        server.start();
        connection = new Socket(InetAddress.getLoopbackAddress(), server.port());
        in = new DataInputStream(connection.getInputStream());
    }

    @AfterEach
    void disconnect() throws Exception {
        connection.close();
        server.closeAsync(Duration.ZERO).get(60, TimeUnit.SECONDS);
    }

    private void send(int sequence, MessageType type, String method, Metadata metadata) throws Exception {
        ByteBuf frame = Unpooled.buffer();
        codec.encode(
                new MessageHeader(sequence, type.id(), method, Status.OK, metadata, 'j', FilterIds.none()),
                BodyWriter.EMPTY,
                frame);
        connection.getOutputStream().write(frame.array(), 0, frame.readableBytes());
    }

    private Message receive() throws Exception {
        int length = in.readInt();
        ByteBuf frame = Unpooled.buffer().writeInt(length);
        frame.writeBytes(in.readNBytes(length - Integer.BYTES));
        return Objects.requireNonNull(codec.decode(frame));
    }

    @Test
    @Timeout(60)
    void aPeerThatDoesNotUnderstandItIsDrainedAndNotTold() throws Exception {
        send(1, MessageType.CALL, "/wait", Metadata.empty());
        reached.get(60, TimeUnit.SECONDS);
        CompletableFuture<Void> closed = server.closeAsync();
        while (server.sessions().count() > 0) {
            Thread.onSpinWait();
        }
        send(2, MessageType.CALL, "/wait", Metadata.empty());
        Message refused = receive();
        assertThat(refused.header().sequence()).isEqualTo(2);
        assertThat(refused.header().status())
                .isEqualTo(Status.of(503, "Service Unavailable", "the peer is shutting down; retry elsewhere"));
        assertThat(refused.header().metadata().isEmpty()).isTrue();
        send(3, MessageType.PUSH, "/note", Metadata.empty());
        pushed.get(60, TimeUnit.SECONDS);
        answer.complete("done");
        Message reply = receive();
        assertThat(reply.header().sequence()).isEqualTo(1);
        assertThat(reply.header().status().isOk()).isTrue();
        assertThat(in.read()).isEqualTo(-1);
        closed.get(60, TimeUnit.SECONDS);
        assertThat(server.sockets().closed())
                .singleElement()
                .satisfies(last -> assertThat(last.closeReason()).isEqualTo(CloseReason.SHUTDOWN));
    }

    @Test
    void aPeerThatUnderstandsItIsToldByAPushAndAwaitedUntilItSaysThatItIsDrained() throws Exception {
        send(1, MessageType.CALL, "/wait", Metadata.of("X-Accept-Goaway", "true"));
        reached.get(60, TimeUnit.SECONDS);
        CompletableFuture<Void> closed = server.closeAsync(Duration.ofMinutes(1));
        Message told = receive();
        assertThat(told.header().type()).isEqualTo(MessageType.PUSH);
        assertThat(told.header().serviceMethod()).isEqualTo("/teleport/goaway");
        assertThat(told.header().metadata()).isEqualTo(Metadata.of("X-Grace-Ms", "60000", "X-Retry-After-Ms", "0"));
        assertThat(told.header().bodyCodec()).isZero();
        assertThat(told.body().isReadable()).isFalse();
        answer.complete("done");
        assertThat(receive().header().sequence()).isEqualTo(1);
        // Nothing runs any more, but more may be on the way until it says that there is not.
        send(2, MessageType.CALL, "/wait", Metadata.empty());
        assertThat(receive().header().status().isOk()).isTrue();
        assertThat(closed).isNotDone();
        send(3, MessageType.PUSH, "/teleport/drained", Metadata.empty());
        assertThat(in.read()).isEqualTo(-1);
        closed.get(60, TimeUnit.SECONDS);
    }

    @Test
    void aPeerThatUnderstandsItAndIsSilentCostsTheGracePeriodAtTheMost() throws Exception {
        send(1, MessageType.CALL, "/none", Metadata.of("X-Accept-Goaway", "true"));
        assertThat(receive().header().status().code()).isEqualTo(404);
        CompletableFuture<Void> closed = server.closeAsync(Duration.ofMillis(50));
        assertThat(receive().header().serviceMethod()).isEqualTo("/teleport/goaway");
        assertThat(in.read()).isEqualTo(-1);
        closed.get(60, TimeUnit.SECONDS);
    }

    @Test
    void aPlainCloseOfASessionTellsNobody() throws Exception {
        send(1, MessageType.CALL, "/none", Metadata.of("X-Accept-Goaway", "true"));
        assertThat(receive().header().metadata()).isEqualTo(Metadata.of("X-Accept-Goaway", "reply"));
        Eventually.present(
                        "the session of the server",
                        () -> server.sessions().stream().findFirst())
                .close();
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void anAnswerThatEchoesTheMarkSaysNothingOfWhoAnswers() throws Exception {
        while (server.sessions().count() == 0) {
            Thread.onSpinWait();
        }
        CompletableFuture<byte[]> call = Eventually.present(
                        "the session of the server",
                        () -> server.sessions().stream().findFirst())
                .callAsync("/echo", null, byte[].class);
        Message asked = receive();
        assertThat(asked.header().metadata().get("X-Accept-Goaway")).isEqualTo("true");
        send(asked.header().sequence(), MessageType.REPLY, "", asked.header().metadata());
        call.get(60, TimeUnit.SECONDS);

        CompletableFuture<Void> closed = server.closeAsync(Duration.ofMinutes(1));

        // Not told to go away, and not waited for.
        assertThat(in.read()).isEqualTo(-1);
        closed.get(60, TimeUnit.SECONDS);
    }
}
