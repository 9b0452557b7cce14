package io.teleport.socket;

import io.teleport.message.Status;

/** Two pushes over one connection, told apart by their numbers, and what became of each. */
abstract class TwoPushes extends SocketRace {

    private final HandSocket.Outcome first = new HandSocket.Outcome();

    private final HandSocket.Outcome second = new HandSocket.Outcome();

    private Status acceptedFirst = Status.OK;

    private Status acceptedSecond = Status.OK;

    TwoPushes(OutboundPolicy policy) {
        super(policy);
    }

    final void pushFirst(int bytes) {
        acceptedFirst = end.push(1, bytes, first);
    }

    final void pushSecond(int bytes) {
        acceptedSecond = end.push(2, bytes, second);
    }

    /** In words, as {@link HandSocket.Outcome#after}. */
    final String outcomeOfFirst() {
        return first.after(acceptedFirst);
    }

    final String outcomeOfSecond() {
        return second.after(acceptedSecond);
    }
}
