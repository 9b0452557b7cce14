package io.teleport.transport;

import io.netty.util.concurrent.FastThreadLocalThread;

/** A thread that runs event loops and nothing else: blocking it stops every connection it serves. */
public final class EventLoopThread extends FastThreadLocalThread {

    EventLoopThread(Runnable task, String name, boolean daemon) {
        super(task, name);
        setDaemon(daemon);
    }

    /** Whether the calling code runs on an event loop of Teleport and so must not block. */
    public static boolean isCurrent() {
        return Thread.currentThread() instanceof EventLoopThread;
    }

    /**
     * Refuses to go on where blocking is not allowed.
     *
     * @param operation what would block, for the message
     * @throws IllegalStateException on an event loop
     */
    public static void refuseBlocking(String operation) {
        if (isCurrent()) {
            throw new IllegalStateException(operation + " would block event loop "
                    + Thread.currentThread().getName()
                    + " and every connection on it; use the asynchronous form here, or do not run this route inline");
        }
    }
}
