package io.teleport.socket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Callers that wait for room in the outbound queue, in order of arrival, so that many small messages never keep a large one waiting for ever.
 * Whoever gives room back reserves it for the first of them. Thread-safe.
 */
final class RoomLine {

    /** How a wait ended. */
    enum Outcome {
        /** The bytes are reserved for the caller. */
        ROOM,
        TIMEOUT,
        INTERRUPTED,
        CLOSED
    }

    private final IntPredicate reservation;

    private final Deque<Caller> line = new ArrayDeque<>();

    /** As long as the line; read without the lock by those who give room back. */
    private volatile int length;

    private boolean closed;

    /** @param reservation reserves so many bytes, if there is room for them */
    RoomLine(IntPredicate reservation) {
        this.reservation = reservation;
    }

    boolean isEmpty() {
        return length == 0;
    }

    Outcome await(int bytes, long nanos) {
        long deadline = System.nanoTime() + nanos;
        Caller caller = new Caller(bytes);
        if (!join(caller)) {
            return Outcome.CLOSED;
        }
        // Room that was given back before this caller was in the line was offered to nobody.
        serve();
        while (caller.outcome == null) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                leave(caller, Outcome.TIMEOUT);
            } else {
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    leave(caller, Outcome.INTERRUPTED);
                    caller.thread.interrupt();
                }
            }
        }
        return caller.outcome;
    }

    private synchronized boolean join(Caller caller) {
        if (!closed) {
            line.add(caller);
            length = line.size();
        }
        return !closed;
    }

    /** Has no effect if the caller got another outcome meanwhile. */
    private void leave(Caller caller, Outcome why) {
        synchronized (this) {
            if (caller.outcome != null) {
                return;
            }
            caller.outcome = why;
            line.remove(caller);
            length = line.size();
        }
        // There may be room for those behind it.
        serve();
    }

    /** Room was given back. */
    void serve() {
        if (length > 0) {
            serveFirst();
        }
    }

    private synchronized void serveFirst() {
        for (Caller first = line.peek(); first != null && reservation.test(first.bytes); first = line.peek()) {
            line.remove();
            length = line.size();
            first.end(Outcome.ROOM);
        }
    }

    /** Sets everybody free, now and from now on. */
    synchronized void close() {
        closed = true;
        line.forEach(caller -> caller.end(Outcome.CLOSED));
        line.clear();
        length = 0;
    }

    private static final class Caller {

        private final Thread thread = Thread.currentThread();

        private final int bytes;

        /** Set once, under the lock of the line. */
        private volatile @Nullable Outcome outcome;

        Caller(int bytes) {
            this.bytes = bytes;
        }

        void end(Outcome how) {
            outcome = how;
            LockSupport.unpark(thread);
        }
    }
}
