package io.teleport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.teleport.message.FilterIds;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The last byte that fits and the first that does not, and what a socket tells of itself: what mutation testing found unwatched. */
class SocketEdgesTests {

    private static final int LIMIT = 1_000;

    private final EmbeddedSocket end = new EmbeddedSocket();

    private final OutboundQueue queue = new OutboundQueue(LIMIT, OutboundPolicy.DROP_OLDEST_PUSH);

    @AfterEach
    void giveBack() {
        end.close();
    }

    @Test
    void aFrameThatFillsTheQueueExactlyFitsAndOneByteMoreDoesNot() {
        assertThat(queue.reserve(600, 0)).isTrue();
        assertThat(queue.reserve(401, 0)).isFalse();
        assertThat(queue.reserve(400, 0)).isTrue();
        assertThat(queue.reserve(1, 0)).isFalse();
        assertThat(queue.reserve(10, 10)).isTrue();
        assertThat(queue.waitingBytes()).isEqualTo(1_010);
    }

    @Test
    void writersStopAtThreeQuartersToTheByteAndGoOnAtOneQuarter() {
        AtomicBoolean told = new AtomicBoolean();
        queue.reserve(749, 0);
        assertThat(queue.writability().isWritable()).isTrue();
        queue.reserve(1, 0);
        assertThat(queue.writability().isWritable()).isFalse();
        queue.writability().whenWritable(() -> told.set(true));
        queue.giveBack(499);
        assertThat(queue.writability().isWritable()).isFalse();
        queue.giveBack(1);
        assertThat(queue.writability().isWritable()).isTrue();
        assertThat(told).isTrue();
    }

    @Test
    void onlyAsManyPushesAreTakenAsAreNeededToTheByte() {
        for (int i = 0; i < 10; i++) {
            queue.reserve(100, 0);
            queue.add(push(100));
        }
        assertThat(queue.takePushesFor(100, 100)).as("its extra room is enough").isEmpty();
        assertThat(queue.takePushesFor(100, 0)).hasSize(1).allSatisfy(taken -> taken.discard(Status.OK));
        assertThat(queue.takePushesFor(150, 50))
                .as("nothing was given back yet")
                .hasSize(1)
                .allSatisfy(taken -> taken.discard(Status.OK));
        queue.giveBack(200);
        assertThat(queue.takePushesFor(200, 0)).as("there is room").isEmpty();
        assertThat(queue.takePushesFor(1_000, 0))
                .as("all that wait are just enough")
                .hasSize(8)
                .allSatisfy(taken -> taken.discard(Status.OK));
        assertThat(queue.takePushesFor(1_000, 0)).as("none are left").isEmpty();
        assertThat(queue.takenPushes()).isEqualTo(10);
    }

    private static OutboundFrame push(int bytes) {
        return new OutboundFrame(Unpooled.buffer().writeZero(bytes), OutboundFrame.Kind.PUSH, null);
    }

    @Test
    void aReaderThatStopsForGoodAfterItTookSomethingIsClosedToo() {
        end.channel.stuck = true;
        end.write(10, null);
        end.run();
        end.channel.stuck = false;
        end.write(10, null);
        end.run();
        end.channel.stuck = true;
        end.write(10, null);
        end.run();
        end.pass(EmbeddedSocket.FRAME_TIMEOUT);
        assertThat(end.socket.state()).isEqualTo(SocketState.OPEN);
        end.pass(EmbeddedSocket.FRAME_TIMEOUT);
        assertThat(end.listener.ends).extracting(CloseCause::reason).containsExactly(CloseReason.FRAME_TIMEOUT);
    }

    @Test
    void whatWaitsIsShownAndGivenBackWhenItFails() {
        end.channel.stuck = true;
        end.write(100, null);
        end.write(100, null);
        assertThat(end.socket.snapshot().outboundBytes()).isGreaterThan(200);
        end.socket.abort(CloseReason.KICKED, "");
        end.run();
        assertThat(end.socket.snapshot().outboundBytes()).isZero();
    }

    @Test
    void receivedFramesAreCountedAndItsActivityIsShown() {
        end.receive(EmbeddedSocket.frame());
        end.receive(EmbeddedSocket.frame());
        SocketSnapshot shown = end.socket.snapshot();
        assertThat(shown.framesIn()).isEqualTo(2);
        assertThat(shown.lastActivityAt())
                .isAfterOrEqualTo(shown.openedAt().minus(Duration.ofMinutes(1)))
                .isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void aWriteTellsTheSizeOfItsFrameOnceItIsAccepted() {
        AtomicInteger size = new AtomicInteger();
        MessageHeader header =
                new MessageHeader(1, MessageType.PUSH.id(), "/p", Status.OK, Metadata.empty(), 's', FilterIds.none());
        assertThat(end.socket
                        .write(header, out -> out.writeZero(100), null, 0, size::set)
                        .isOk())
                .isTrue();
        end.run();
        assertThat(size.get()).isEqualTo((int) end.socket.snapshot().bytesOut());
    }

    @Test
    void everyWayToCloseGivesTheSameFuture() {
        CompletionStage<CloseCause> first = end.socket.close(CloseReason.LOCAL, "first");
        CompletionStage<CloseCause> second = end.socket.abort(CloseReason.KICKED, "second");
        CompletionStage<CloseCause> third = end.socket.finish(CloseReason.LOCAL, "third", new byte[0]);
        end.run();
        for (CompletionStage<CloseCause> each : List.of(first, second, third)) {
            assertThat(each.toCompletableFuture())
                    .isCompletedWithValueMatching(cause -> cause.detail().equals("first"));
        }
    }

    @Test
    void aCauseSaysItsReasonAndWhatWasFound() {
        assertThat(CloseCause.now(CloseReason.IDLE, "")).hasToString("closed, IDLE");
        assertThat(CloseCause.now(CloseReason.IDLE, "an hour")).hasToString("closed, IDLE: an hour");
    }
}
