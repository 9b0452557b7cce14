package io.teleport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.ProtocolConnection;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a protocol may do with its connection. Its messages are single letters; some letters make it do something. */
class ProtocolConnectionTests {

    private final Letters letters = new Letters();

    private final EmbeddedSocket end = new EmbeddedSocket(new SocketRegistry(4), 1 << 20, letters);

    private final GuardedSocket socket = end.socket;

    @AfterEach
    void giveBack() {
        end.close();
    }

    private void receive(String text) {
        end.receive(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private String sent() {
        end.run();
        StringBuilder all = new StringBuilder();
        for (ByteBuf part = end.channel.readOutbound(); part != null; part = end.channel.readOutbound()) {
            all.append(part.toString(StandardCharsets.US_ASCII));
            part.release();
        }
        return all.toString();
    }

    @Test
    void itsOwnBytesGoOutBehindTheFramesBeforeThemAndAreNoFrame() {
        end.write(1, null);
        letters.connection().send(Unpooled.copiedBuffer("wait", StandardCharsets.US_ASCII));
        end.write(1, null);
        assertThat(sent()).isEqualTo("F\0waitF\0");
        assertThat(socket.snapshot().framesOut()).isEqualTo(2);
        assertThat(socket.snapshot().bytesOut()).isEqualTo(8);
    }

    @Test
    void itsOwnBytesAreDroppedOnceTheSocketCloses() {
        socket.close(CloseReason.LOCAL, "");
        ByteBuf bytes = Unpooled.buffer().writeByte(1);
        letters.connection().send(bytes);
        assertThat(bytes.refCnt()).isZero();
        assertThat(sent()).isEmpty();
    }

    @Test
    void itLearnsOfEveryFrameThatIsAccepted() {
        end.write(1, null);
        socket.close(CloseReason.LOCAL, "");
        end.write(1, null);
        assertThat(letters.accepted).containsExactly("/p");
    }

    @Test
    void whileItPausesNothingIsDecodedAndTheFrameTimeoutRests() {
        receive("aPbc");
        assertThat(end.listener.methods).containsExactly("a");
        end.pass(EmbeddedSocket.FRAME_TIMEOUT.multipliedBy(3));
        assertThat(socket.state()).isEqualTo(SocketState.OPEN);
        letters.resume();
        end.run();
        assertThat(end.listener.methods).containsExactly("a", "b", "c");
    }

    @Test
    void whoSendsOnWhileItPausesIsMadeToWait() {
        receive("P" + "b".repeat(60_000));
        assertThat(end.channel.config().isAutoRead()).isTrue();
        receive("c".repeat(60_000));
        assertThat(end.channel.config().isAutoRead()).isFalse();
        letters.resume();
        end.run();
        assertThat(end.channel.config().isAutoRead()).isTrue();
        assertThat(end.listener.methods).hasSize(120_000);
    }

    @Test
    void lastWordsGoOutBehindWhatWasAcceptedAndNothingBehindThem() {
        end.write(1, null);
        receive("aX");
        assertThat(end.write(1, null).code()).as("a write behind them").isEqualTo(102);
        assertThat(sent()).isEqualTo("F\0sorry");
        assertThat(end.listener.ends)
                .extracting(CloseCause::reason, CloseCause::detail)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(CloseReason.PROTOCOL_ERROR, "X is no letter"));
        assertThat(socket.state()).isEqualTo(SocketState.CLOSED);
    }

    @Test
    void lastWordsThatNobodyTakesWaitNoLongerThanTheCloseTimeout() {
        end.channel.stuck = true;
        receive("X");
        end.run();
        assertThat(socket.state()).isEqualTo(SocketState.CLOSING);
        end.pass(EmbeddedSocket.CLOSE_TIMEOUT.minus(Duration.ofSeconds(1)));
        assertThat(socket.state()).isEqualTo(SocketState.CLOSING);
        end.pass(Duration.ofSeconds(1));
        assertThat(socket.state()).isEqualTo(SocketState.CLOSED);
    }

    @Test
    void itMayEndTheConnectionOnBehalfOfTheOtherSide() {
        end.write(1, null);
        letters.connection().end("asked for");
        assertThat(sent()).isEqualTo("F\0");
        assertThat(end.listener.ends).singleElement().satisfies(cause -> {
            assertThat(cause.reason()).isEqualTo(CloseReason.REMOTE);
            assertThat(cause.detail()).isEqualTo("asked for");
        });
    }

    @Test
    void anEarlierReasonStays() {
        socket.close(CloseReason.KICKED, "");
        receive("X");
        letters.connection().end("asked for");
        end.run();
        assertThat(end.listener.ends).extracting(CloseCause::reason).containsExactly(CloseReason.KICKED);
    }

    /** P pauses, X is refused. */
    private static final class Letters implements Protocol, FrameCodec {

        final List<String> accepted = new ArrayList<>();

        private @Nullable ProtocolConnection connection;

        private boolean paused;

        ProtocolConnection connection() {
            return Objects.requireNonNull(connection, "made with the socket");
        }

        void resume() {
            paused = false;
            connection().readOn();
        }

        @Override
        public String name() {
            return "letters";
        }

        @Override
        public FrameCodec newFrameCodec(ProtocolContext context) {
            connection = context.connection();
            return this;
        }

        @Override
        public @Nullable Message decode(ByteBuf in) {
            if (paused) {
                return null;
            }
            char letter = (char) in.readByte();
            if (letter == 'X') {
                throw new ProtocolException("X is no letter", null, "sorry".getBytes(StandardCharsets.US_ASCII));
            }
            if (letter == 'P') {
                paused = true;
                return null;
            }
            MessageHeader header =
                    new MessageHeader(0, 3, String.valueOf(letter), Status.OK, Metadata.empty(), 0, FilterIds.none());
            return new Message(header, Unpooled.EMPTY_BUFFER, 1);
        }

        @Override
        public void encode(MessageHeader header, BodyWriter body, ByteBuf out) {
            out.writeByte('F');
            body.writeTo(out);
        }

        @Override
        public void accepted(MessageHeader header) {
            accepted.add(header.serviceMethod());
        }

        @Override
        public boolean isPaused() {
            return paused;
        }
    }
}
