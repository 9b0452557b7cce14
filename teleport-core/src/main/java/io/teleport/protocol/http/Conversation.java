package io.teleport.protocol.http;

import io.teleport.message.MessageHeader;
import io.teleport.protocol.ProtocolConnection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Who has to say what next on a connection. Requests that are matched by order, not by number, are taken one at a time, and the last one ends
 * the connection. Thread-safe.
 */
final class Conversation {

    private enum State {
        /** The next request may be read. */
        FREE,
        /** A request is being answered that must be answered before the next one is read. */
        ANSWERING,
        /** The same, and bytes wait behind it. */
        ANSWERING_WITH_MORE_TO_READ
    }

    /** @param connection header of the answer, null for none */
    private record Turn(int sequence, @Nullable String connection) {}

    private final ProtocolConnection connection;

    private final AtomicReference<State> state = new AtomicReference<>(State.FREE);

    private final AtomicInteger unanswered = new AtomicInteger();

    private volatile @Nullable Turn turn;

    private volatile boolean withTeleport = true;

    private volatile boolean ending;

    Conversation(ProtocolConnection connection) {
        this.connection = connection;
    }

    /** Before each message: whether it may be read now. */
    boolean mayRead() {
        if (state.compareAndSet(State.ANSWERING, State.ANSWERING_WITH_MORE_TO_READ)) {
            return false;
        }
        return state.get() == State.FREE;
    }

    boolean isPaused() {
        return state.get() == State.ANSWERING_WITH_MORE_TO_READ;
    }

    /** Whether the other side has said its last: what follows is nothing to us. */
    boolean isEnding() {
        return ending;
    }

    /** Whether the other side understands calls of ours, as far as is known. */
    boolean isWithTeleport() {
        return withTeleport;
    }

    /** A request was read. */
    void asked(Head request) {
        unanswered.incrementAndGet();
        withTeleport = request.isTeleport();
        if (request.isTeleport() && !request.closes()) {
            return;
        }
        turn = new Turn(
                request.sequence(), request.closes() ? "close" : request.start().isHttp10() ? "keep-alive" : null);
        state.set(State.ANSWERING);
        ending = request.closes();
    }

    /** The Connection header of this answer, null for none. */
    @Nullable
    String connectionHeader(MessageHeader answer) {
        Turn current = turn;
        return current != null && current.sequence() == answer.sequence() ? current.connection() : null;
    }

    /** An answer is on its way. */
    void answered(MessageHeader answer) {
        boolean last = unanswered.decrementAndGet() == 0;
        Turn current = turn;
        if (current != null && current.sequence() == answer.sequence()) {
            turn = null;
            if (state.getAndSet(State.FREE) == State.ANSWERING_WITH_MORE_TO_READ && !ending) {
                connection.readOn();
            }
        }
        if (last && ending) {
            connection.end("the other side wished so with its last request");
        }
    }
}
