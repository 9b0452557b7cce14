package io.teleport.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.message.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GuardedSocketTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final EmbeddedSocket end = new EmbeddedSocket();

    private final GuardedSocket socket = end.socket;

    private final List<Status> outcomes = new ArrayList<>();

    @AfterEach
    void giveBack() {
        end.close();
    }

    @Test
    void aWriteAfterCloseIsRefusedWith102AndReachesNobody() {
        socket.close(CloseReason.LOCAL, "");
        assertThat(end.write(10, outcomes::add).code()).isEqualTo(102);
        end.run();
        assertThat(end.write(10, outcomes::add).code()).isEqualTo(102);
        end.run();
        assertThat(end.framesSent()).isZero();
        assertThat(outcomes).isEmpty();
    }

    @Test
    void closeWritesWhatWasAcceptedBefore() {
        end.write(10, outcomes::add);
        socket.close(CloseReason.LOCAL, "");
        end.run();
        assertThat(end.framesSent()).isEqualTo(1);
        assertThat(outcomes).containsExactly(Status.OK);
        assertThat(socket.state()).isEqualTo(SocketState.CLOSED);
    }

    @Test
    void closeWaitsNoLongerThanTheCloseTimeout() {
        end.channel.stuck = true;
        end.write(10, outcomes::add);
        socket.close(CloseReason.LOCAL, "");
        end.run();
        end.pass(EmbeddedSocket.CLOSE_TIMEOUT.minus(SECOND));
        assertThat(socket.state()).isEqualTo(SocketState.CLOSING);
        end.pass(SECOND);
        assertThat(socket.state()).isEqualTo(SocketState.CLOSED);
        assertThat(outcomes)
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.code()).isEqualTo(102));
    }

    @Test
    void abortClosesAtOnceAndFailsWhatWaits() {
        end.channel.stuck = true;
        end.write(10, outcomes::add);
        end.run();
        socket.abort(CloseReason.KICKED, "by the test");
        end.run();
        assertThat(socket.state()).isEqualTo(SocketState.CLOSED);
        assertThat(outcomes).containsExactly(Status.of(102, "Connection Closed", "by the test"));
    }

    @Test
    void theFirstOfCloseAndAbortGivesTheReason() {
        socket.close(CloseReason.SHUTDOWN, "first");
        socket.abort(CloseReason.IO_ERROR, "second");
        socket.close(CloseReason.LOCAL, "third");
        end.run();
        assertThat(end.listener.ends).singleElement().satisfies(cause -> {
            assertThat(cause.reason()).isEqualTo(CloseReason.SHUTDOWN);
            assertThat(cause.detail()).isEqualTo("first");
        });
    }

    @ParameterizedTest
    @MethodSource("ends")
    void theOwnerIsToldOnceHoweverItEnds(CloseReason reason, Consumer<EmbeddedSocket> happen) {
        List<CloseCause> told = new ArrayList<>();
        socket.closeFuture().thenAccept(told::add);
        happen.accept(end);
        end.run();
        socket.close(CloseReason.OVERLOADED, "too late");
        end.run();
        assertThat(end.listener.ends).extracting(CloseCause::reason).containsExactly(reason);
        assertThat(told).isEqualTo(end.listener.ends);
        assertThat(end.registry.openCount()).isZero();
        assertThat(end.registry.closed())
                .singleElement()
                .satisfies(last -> assertThat(last.closeReason()).isEqualTo(reason));
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                way(CloseReason.LOCAL, end -> end.socket.close(CloseReason.LOCAL, "")),
                way(CloseReason.KICKED, end -> end.socket.abort(CloseReason.KICKED, "")),
                way(CloseReason.REMOTE, end -> end.channel.close()),
                way(
                        CloseReason.IO_ERROR,
                        end -> end.channel.pipeline().fireExceptionCaught(new IOException("Connection reset"))),
                way(CloseReason.PROTOCOL_ERROR, end -> end.receive(Unpooled.copyInt(1, 0))),
                way(CloseReason.FRAME_TOO_LARGE, end -> end.receive(Unpooled.copyInt(1 << 30))),
                way(CloseReason.FRAME_TIMEOUT, end -> {
                    end.receive(Unpooled.copyInt(100));
                    end.pass(EmbeddedSocket.FRAME_TIMEOUT);
                }),
                way(CloseReason.FRAME_TIMEOUT, end -> {
                    end.channel.stuck = true;
                    end.write(10, null);
                    end.run();
                    end.pass(EmbeddedSocket.FRAME_TIMEOUT);
                }));
    }

    private static Arguments way(CloseReason reason, Consumer<EmbeddedSocket> happen) {
        return Arguments.of(reason, happen);
    }

    @Test
    void theOtherSideThatLeavesWhileFramesWaitIsNoError() {
        end.channel.stuck = true;
        end.write(10, outcomes::add);
        end.run();
        end.write(10, outcomes::add);
        end.channel.close();
        end.run();
        assertThat(end.listener.ends).extracting(CloseCause::reason).containsExactly(CloseReason.REMOTE);
        assertThat(outcomes).extracting(Status::code).containsExactly(102, 102);
    }

    @Test
    void aFrameThatNeverCameToItsTurnIsToldApartFromOneThatMayHaveLeft() {
        List<String> told = new ArrayList<>();
        end.channel.stuck = true;
        end.write(10, new NamingListener("first", told));
        end.run();
        end.write(10, new NamingListener("second", told));
        end.channel.pipeline().close();
        end.run();
        assertThat(told).containsExactlyInAnyOrder("first written 102", "second unsent 102");
    }

    private record NamingListener(String name, List<String> told) implements WriteListener {

        @Override
        public void written(Status outcome) {
            told.add(name + " written " + outcome.code());
        }

        @Override
        public void unsent(Status reason) {
            told.add(name + " unsent " + reason.code());
        }
    }

    @Test
    void aFullQueueRefusesWith104AndGivesRoomBack() {
        end.channel.stuck = true;
        assertThat(end.write(900, outcomes::add)).isEqualTo(Status.OK);
        assertThat(end.write(900, outcomes::add)).satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(104);
            assertThat(refusal.cause()).contains("outbound queue is full").contains("limit 1000");
        });
        assertThat(end.write(50, outcomes::add)).as("a smaller one fits").isEqualTo(Status.OK);
        end.run();
        end.channel.stuck = false;
        end.channel.flush();
        assertThat(outcomes).containsExactly(Status.OK, Status.OK);
        assertThat(socket.snapshot().outboundBytes()).isZero();
        assertThat(end.write(900, outcomes::add)).isEqualTo(Status.OK);
        end.run();
        assertThat(end.framesSent()).isEqualTo(3);
    }

    @Test
    void aMessageLargerThanTheQueueIsTakenWhenNothingWaits() {
        assertThat(end.write(50_000, outcomes::add)).isEqualTo(Status.OK);
        assertThat(end.write(1, outcomes::add).code()).isEqualTo(104);
        end.run();
        assertThat(outcomes).containsExactly(Status.OK);
        assertThat(end.write(50_000, outcomes::add)).isEqualTo(Status.OK);
    }

    @Test
    void aMessageThatCannotBePackedLeavesNothingBehind() {
        assertThat(catchThrowable(() -> end.write(2 << 20, outcomes::add)))
                .hasMessageContaining("size of package exceeds limit");
        assertThat(socket.snapshot().outboundBytes()).isZero();
        end.run();
        assertThat(end.framesSent()).isZero();
        assertThat(outcomes).isEmpty();
    }

    @Test
    void halfAFrameEndsTheConnectionAfterTheFrameTimeout() {
        ByteBuf frame = EmbeddedSocket.frame();
        end.receive(frame.readRetainedSlice(7));
        end.pass(EmbeddedSocket.FRAME_TIMEOUT.minus(SECOND));
        assertThat(socket.state()).isEqualTo(SocketState.OPEN);
        end.pass(SECOND);
        assertThat(end.listener.ends).singleElement().satisfies(cause -> {
            assertThat(cause.reason()).isEqualTo(CloseReason.FRAME_TIMEOUT);
            assertThat(cause.detail())
                    .isEqualTo("frame not whole within PT30S: its first 7 bytes came, then not the rest");
        });
        frame.release();
    }

    @Test
    void aFrameThatDripsInIsLimitedFromItsFirstByte() {
        ByteBuf frame = EmbeddedSocket.frame();
        end.receive(frame.readRetainedSlice(1));
        end.pass(Duration.ofSeconds(20));
        end.receive(frame.readRetainedSlice(1));
        end.pass(Duration.ofSeconds(10));
        assertThat(socket.closeReason()).isEqualTo(CloseReason.FRAME_TIMEOUT);
        frame.release();
    }

    @Test
    void everyFrameHasTheWholeTimeoutForItself() {
        for (int i = 0; i < 5; i++) {
            ByteBuf frame = EmbeddedSocket.frame();
            end.receive(frame.readRetainedSlice(7));
            end.pass(Duration.ofSeconds(20));
            end.receive(frame);
        }
        assertThat(socket.state()).isEqualTo(SocketState.OPEN);
        assertThat(end.listener.methods).hasSize(5);
    }

    @Test
    void aSilentConnectionStays() {
        end.pass(Duration.ofDays(2));
        end.receive(EmbeddedSocket.frame());
        end.pass(Duration.ofDays(2));
        assertThat(socket.state()).isEqualTo(SocketState.OPEN);
        assertThat(end.listener.methods).containsExactly("/p");
    }

    @Test
    void aReaderThatTakesNothingIsClosedThoughWritersGoOn() {
        end.channel.stuck = true;
        for (int seconds = 0; seconds < 31; seconds += 5) {
            end.write(10, outcomes::add);
            end.run();
            end.pass(Duration.ofSeconds(5));
        }
        assertThat(end.listener.ends).singleElement().satisfies(cause -> {
            assertThat(cause.reason()).isEqualTo(CloseReason.FRAME_TIMEOUT);
            assertThat(cause.detail()).contains("took none of").contains("PT30S");
        });
        assertThat(outcomes).extracting(Status::code).containsOnly(102);
    }

    @Test
    void aReaderThatTakesSomethingNowAndThenStays() {
        for (int i = 0; i < 10; i++) {
            end.channel.stuck = true;
            end.write(10, outcomes::add);
            end.run();
            end.pass(Duration.ofSeconds(20));
            end.channel.stuck = false;
            end.channel.flush();
        }
        assertThat(socket.state()).isEqualTo(SocketState.OPEN);
        assertThat(outcomes).hasSize(10).containsOnly(Status.OK);
    }

    @Test
    void aSnapshotTellsWhatTheSocketIsAndDid() {
        end.receive(EmbeddedSocket.frame());
        end.write(10, null);
        end.run();
        SocketSnapshot open = socket.snapshot();
        assertThat(open.peer()).isEqualTo("test");
        assertThat(open.session()).isEqualTo("session of the test");
        assertThat(open.role()).isEqualTo(SocketRole.ACCEPTED);
        assertThat(open.network()).isEqualTo("local");
        assertThat(open.protocol()).isEqualTo("raw");
        assertThat(open.state()).isEqualTo(SocketState.OPEN);
        assertThat(open.framesIn()).isEqualTo(1);
        assertThat(open.bytesIn()).isEqualTo(16);
        assertThat(open.framesOut()).isEqualTo(1);
        assertThat(open.bytesOut()).isEqualTo(32);
        assertThat(open.callsInFlight()).isEqualTo(3);
        assertThat(open.closedAt()).isNull();
        assertThat(open.closeReason()).isNull();
        assertThat(open.error()).isNull();

        socket.abort(CloseReason.OVERLOADED, "too much");
        end.run();
        assertThat(end.registry.find(socket.id())).hasValueSatisfying(closed -> {
            assertThat(closed.state()).isEqualTo(SocketState.CLOSED);
            assertThat(closed.closeReason()).isEqualTo(CloseReason.OVERLOADED);
            assertThat(closed.error()).isEqualTo("too much");
            assertThat(closed.closedAt()).isNotNull();
            assertThat(closed.framesIn()).isEqualTo(1);
        });
    }
}
