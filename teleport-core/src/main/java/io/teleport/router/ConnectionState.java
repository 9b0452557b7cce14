package io.teleport.router;

import java.util.concurrent.atomic.AtomicBoolean;

/** What dispatching keeps for a connection. Made on its event loop, then thread-safe. */
final class ConnectionState {

    /** Handlers of routes that are in order. */
    private final SerialQueue handling = new SerialQueue(null);

    /** Bodies that must be decoded in order, for the key they hold. */
    private final SerialQueue decoding = new SerialQueue(null);

    private final AtomicBoolean warnedOfPush = new AtomicBoolean();

    private final AtomicBoolean warnedOfFullQueue = new AtomicBoolean();

    SerialQueue handling() {
        return handling;
    }

    SerialQueue decoding() {
        return decoding;
    }

    /** Whether this is the first PUSH that was not handled: a peer that sends nothing else must not fill the log. */
    boolean isFirstUnhandledPush() {
        return !warnedOfPush.getAndSet(true);
    }

    /** Whether this is the first reply for which there was no room. */
    boolean isFirstWithoutRoom() {
        return !warnedOfFullQueue.getAndSet(true);
    }
}
