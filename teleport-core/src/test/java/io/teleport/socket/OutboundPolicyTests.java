package io.teleport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.MessageType;
import io.teleport.message.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of writes for which there is no room. The queue of the sockets holds 1,000 bytes, of which the channel gets 500 at once. */
class OutboundPolicyTests {

    private final List<String> told = new CopyOnWriteArrayList<>();

    private EmbeddedSocket end;

    @AfterEach
    void giveBack() {
        end.close();
    }

    private void open(OutboundPolicy policy) {
        end = new EmbeddedSocket(policy);
        end.channel.stuck = true;
    }

    /** Until a network that was stuck has taken everything. */
    private void letGo() {
        end.channel.stuck = false;
        end.channel.flush();
        end.run();
    }

    private Status push(String name, int bytes) {
        return end.write(bytes, new Told(name));
    }

    private Status call(String name, int bytes) {
        return end.write(MessageType.CALL, bytes, new Told(name), EmbeddedSocket.OUTBOUND_WAIT.toNanos());
    }

    private final class Told implements WriteListener {

        private final String name;

        Told(String name) {
            this.name = name;
        }

        @Override
        public void written(Status outcome) {
            told.add(name + " written " + outcome.code());
        }

        @Override
        public void unsent(Status reason) {
            told.add(name + " unsent " + reason.code() + " " + reason.cause());
        }
    }

    /** A caller that is kept waiting. */
    private CompletableFuture<Status> waiting(String name, int bytes, long nanos) {
        CompletableFuture<Status> outcome = new CompletableFuture<>();
        Thread caller = new Thread(
                () -> outcome.complete(end.write(MessageType.CALL, bytes, new Told(name), nanos)), "caller " + name);
        caller.start();
        while (caller.getState() != Thread.State.TIMED_WAITING && !outcome.isDone()) {
            Thread.onSpinWait();
        }
        return outcome;
    }

    private CompletableFuture<Status> waiting(String name, int bytes) {
        return waiting(name, bytes, EmbeddedSocket.OUTBOUND_WAIT.toNanos());
    }

    private static Status soon(CompletableFuture<Status> outcome) throws Exception {
        return outcome.get(60, TimeUnit.SECONDS);
    }

    @Test
    void theChannelGetsNoMoreAtOnceThanItNeeds() {
        open(OutboundPolicy.REFUSE);
        push("first", 600);
        end.run();
        push("second", 100);
        end.run();
        end.channel.pipeline().close();
        end.run();
        assertThat(told).containsExactlyInAnyOrder("first written 102", "second unsent 102 ");
    }

    @Test
    void whatWaitsForTheChannelFollowsInOrder() {
        open(OutboundPolicy.REFUSE);
        push("a", 600);
        end.run();
        push("b", 100);
        push("c", 100);
        end.run();
        letGo();
        assertThat(told).containsExactly("a written 0", "b written 0", "c written 0");
        assertThat(end.framesSent()).isEqualTo(3);
        assertThat(end.socket.snapshot().outboundBytes()).isZero();
    }

    @Test
    void closeStillWritesWhatWaitsForTheChannel() {
        open(OutboundPolicy.REFUSE);
        push("a", 600);
        end.run();
        push("b", 100);
        end.run();
        end.socket.close(CloseReason.LOCAL, "");
        letGo();
        assertThat(told).containsExactly("a written 0", "b written 0");
        assertThat(end.socket.state()).isEqualTo(SocketState.CLOSED);
    }

    // BLOCK

    @Test
    void aCallerWaitsForRoomAndGoesOn() throws Exception {
        open(OutboundPolicy.BLOCK);
        push("a", 900);
        end.run();
        CompletableFuture<Status> b = waiting("b", 500);
        assertThat(b).isNotDone();
        letGo();
        assertThat(soon(b)).isEqualTo(Status.OK);
        end.run();
        assertThat(told).containsExactly("a written 0", "b written 0");
    }

    @Test
    void callersGetRoomInTheirOrderSoThatALargeMessageIsNotOvertakenForEver() throws Exception {
        open(OutboundPolicy.BLOCK);
        push("a", 900);
        end.run();
        CompletableFuture<Status> large = waiting("large", 900);
        CompletableFuture<Status> small = waiting("small", 10);
        assertThat(small).as("though there would be room for it").isNotDone();
        letGo();
        assertThat(soon(large)).isEqualTo(Status.OK);
        assertThat(soon(small)).isEqualTo(Status.OK);
        end.run();
        assertThat(end.framesSent()).isEqualTo(3);
    }

    @Test
    void aCallerThatWaitsTooLongIsRefusedWith104AndThoseBehindItGoOn() throws Exception {
        open(OutboundPolicy.BLOCK);
        push("a", 900);
        end.run();
        CompletableFuture<Status> large = waiting("large", 900, TimeUnit.MILLISECONDS.toNanos(300));
        CompletableFuture<Status> small = waiting("small", 10);
        assertThat(soon(large).code()).isEqualTo(104);
        assertThat(soon(large).cause()).contains("outbound queue is full").endsWith(", and did so for PT0.3S");
        assertThat(soon(small)).isEqualTo(Status.OK);
    }

    @Test
    void aCallerThatIsInterruptedIsRefusedWith104AndStaysInterrupted() throws Exception {
        open(OutboundPolicy.BLOCK);
        push("a", 900);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CompletableFuture<Status> outcome = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            outcome.complete(push("b", 900));
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        caller.start();
        caller.interrupt();
        assertThat(soon(outcome).code()).isEqualTo(104);
        assertThat(soon(outcome).cause()).endsWith(", and the caller was interrupted while it waited for room");
        assertThat(interrupted.get(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoHasNoTimeToWaitIsRefusedAtOnce() {
        open(OutboundPolicy.BLOCK);
        push("a", 900);
        assertThat(end.write(MessageType.CALL, 900, new Told("b"), 0).code()).isEqualTo(104);
    }

    @Test
    void closeSetsAllWaitingCallersFreeWith102() throws Exception {
        open(OutboundPolicy.BLOCK);
        push("a", 900);
        end.run();
        List<CompletableFuture<Status>> callers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            callers.add(waiting("b" + i, 900));
        }
        end.socket.close(CloseReason.KICKED, "by the test");
        for (CompletableFuture<Status> caller : callers) {
            assertThat(soon(caller)).isEqualTo(Status.of(102, "Connection Closed", "by the test"));
        }
        assertThat(soon(waiting("late", 900)).code()).isEqualTo(102);
    }

    @Test
    void theEndOfTheConnectionSetsWaitingCallersFree() throws Exception {
        open(OutboundPolicy.BLOCK);
        push("a", 900);
        end.run();
        CompletableFuture<Status> caller = waiting("b", 900);
        end.channel.pipeline().close();
        end.run();
        Status outcome = soon(caller);
        if (outcome.isOk()) {
            // What failed gave room back just before the end was told.
            assertThat(told).contains("b unsent 102 ");
        } else {
            assertThat(outcome.code()).isEqualTo(102);
        }
    }

    @Test
    void anEventLoopIsNeverKeptWaiting() throws Exception {
        open(OutboundPolicy.BLOCK);
        RecordingListener silent = new RecordingListener();
        try (TestConnections connections =
                new TestConnections("policy", "local://policy-loop", 1_000, OutboundPolicy.BLOCK, socket -> silent)) {
            GuardedSocket socket = connections.dial(dialed -> new RecordingListener());
            List<Integer> codes = socket.eventLoop()
                    .submit(() -> List.of(
                            TestConnections.push(socket, 900).code(),
                            TestConnections.push(socket, 900).code()))
                    .get(60, TimeUnit.SECONDS);
            assertThat(codes).containsExactly(0, 104);
        }
    }

    // DROP_OLDEST_PUSH

    @Test
    void theOldestWaitingPushesMakeRoomAndAreToldSo() {
        open(OutboundPolicy.DROP_OLDEST_PUSH);
        push("handed", 500);
        end.run();
        push("old", 100);
        call("call", 100);
        push("young", 100);
        assertThat(push("new", 150)).isEqualTo(Status.OK);
        assertThat(told).containsExactly("old unsent 104 dropped to make room in the outbound queue, limit 1000");
        assertThat(call("another", 150)).isEqualTo(Status.OK);
        assertThat(end.socket.snapshot().framesDropped()).isEqualTo(2);
        assertThat(end.registry.totals().framesDropped()).isEqualTo(2);
        letGo();
        assertThat(told)
                .containsExactly(
                        "old unsent 104 dropped to make room in the outbound queue, limit 1000",
                        "young unsent 104 dropped to make room in the outbound queue, limit 1000",
                        "handed written 0",
                        "call written 0",
                        "new written 0",
                        "another written 0");
        assertThat(end.framesSent()).isEqualTo(4);
        assertThat(end.socket.snapshot().outboundBytes()).isZero();
    }

    @Test
    void callsAndRepliesAreNeverDropped() {
        open(OutboundPolicy.DROP_OLDEST_PUSH);
        push("handed", 500);
        end.run();
        call("call", 150);
        end.write(MessageType.REPLY, 150, new Told("reply"), 0);
        assertThat(push("new", 300).code()).isEqualTo(104);
        assertThat(call("new", 300).code()).isEqualTo(104);
        letGo();
        assertThat(told).containsExactly("handed written 0", "call written 0", "reply written 0");
    }

    @Test
    void nothingIsDroppedInVain() {
        open(OutboundPolicy.DROP_OLDEST_PUSH);
        push("handed", 500);
        end.run();
        push("waiting", 100);
        assertThat(push("too large", 600).code()).isEqualTo(104);
        letGo();
        assertThat(told).containsExactly("handed written 0", "waiting written 0");
    }

    // CLOSE_SLOW

    @Test
    void aSlowReaderIsClosedAsOverloaded() {
        open(OutboundPolicy.CLOSE_SLOW);
        push("a", 900);
        Status refusal = push("b", 900);
        assertThat(refusal.code()).isEqualTo(102);
        assertThat(refusal.cause())
                .startsWith("the other side reads too slowly: ")
                .endsWith(" bytes wait, limit 1000");
        end.run();
        assertThat(end.listener.ends)
                .singleElement()
                .satisfies(cause -> assertThat(cause.reason()).isEqualTo(CloseReason.OVERLOADED));
        assertThat(told).containsExactly("a written 102");
    }

    // Writability

    @ParameterizedTest
    @EnumSource(OutboundPolicy.class)
    void writersAreToldToStopAtThreeQuartersAndToGoOnAtOne(OutboundPolicy policy) {
        open(policy);
        List<String> events = new ArrayList<>();
        assertThat(end.socket.isWritable()).isTrue();
        push("a", 400);
        assertThat(end.socket.isWritable()).isTrue();
        push("b", 400);
        assertThat(end.socket.isWritable()).isFalse();
        assertThat(end.socket.snapshot().writable()).isFalse();
        assertThat(end.socket.snapshot().outboundPolicy()).isEqualTo(policy);
        end.socket.whenWritable(() -> events.add("writable"));
        assertThat(events).isEmpty();
        end.run();
        letGo();
        assertThat(end.socket.isWritable()).isTrue();
        assertThat(events).containsExactly("writable");
        push("c", 900);
        letGo();
        assertThat(events).as("told once").containsExactly("writable");
    }

    @Test
    void whoAsksWhileThereIsRoomIsToldAtOnce() {
        open(OutboundPolicy.REFUSE);
        List<String> events = new ArrayList<>();
        end.socket.whenWritable(() -> events.add("writable"));
        assertThat(events).containsExactly("writable");
    }

    @Test
    void whoWaitsForRoomLearnsOfTheEnd() {
        open(OutboundPolicy.REFUSE);
        List<String> events = new ArrayList<>();
        push("a", 900);
        end.socket.whenWritable(() -> events.add("before"));
        end.socket.abort(CloseReason.LOCAL, "");
        end.run();
        end.socket.whenWritable(() -> events.add("after"));
        assertThat(events).containsExactly("before", "after");
        assertThat(end.socket.isWritable()).isFalse();
    }
}
