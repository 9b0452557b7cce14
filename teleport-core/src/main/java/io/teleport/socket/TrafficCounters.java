package io.teleport.socket;

import java.util.concurrent.atomic.AtomicLong;

/** Frames and bytes of one socket. Written on the event loop only, read anywhere. */
final class TrafficCounters {

    private final AtomicLong framesIn = new AtomicLong();

    private final AtomicLong bytesIn = new AtomicLong();

    private final AtomicLong framesOut = new AtomicLong();

    private final AtomicLong bytesOut = new AtomicLong();

    private volatile long lastActivityMillis = System.currentTimeMillis();

    void received(int bytes) {
        add(bytesIn, bytes);
        lastActivityMillis = System.currentTimeMillis();
    }

    void receivedFrame() {
        add(framesIn, 1);
    }

    void sent(int frames, long bytes) {
        add(framesOut, frames);
        add(bytesOut, bytes);
        lastActivityMillis = System.currentTimeMillis();
    }

    /** One writer, so no atomic addition is needed; readers may see the value a moment later. */
    private static void add(AtomicLong counter, long amount) {
        counter.lazySet(counter.getPlain() + amount);
    }

    long framesIn() {
        return framesIn.get();
    }

    long bytesIn() {
        return bytesIn.get();
    }

    long framesOut() {
        return framesOut.get();
    }

    long bytesOut() {
        return bytesOut.get();
    }

    long lastActivityMillis() {
        return lastActivityMillis;
    }
}
