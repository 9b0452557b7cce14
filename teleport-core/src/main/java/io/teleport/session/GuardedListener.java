package io.teleport.session;

import io.teleport.message.Status;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the failures of a listener from whoever tells it: a session that is dialed must not hang because of one who only looks on. */
final class GuardedListener implements RedialListener {

    private static final Logger log = LoggerFactory.getLogger(GuardedListener.class);

    private final RedialListener listener;

    GuardedListener(RedialListener listener) {
        this.listener = listener;
    }

    private static void guarded(Runnable telling) {
        try {
            telling.run();
        } catch (Throwable e) {
            log.error("A redial listener failed", e);
        }
    }

    @Override
    public void lost(Status cause) {
        guarded(() -> listener.lost(cause));
    }

    @Override
    public void attempt(String address) {
        guarded(() -> listener.attempt(address));
    }

    @Override
    public void connected(String address) {
        guarded(() -> listener.connected(address));
    }

    @Override
    public void failed(String address, Status cause) {
        guarded(() -> listener.failed(address, cause));
    }

    @Override
    public void waiting(Duration delay) {
        guarded(() -> listener.waiting(delay));
    }

    @Override
    public void gaveUp(Status cause) {
        guarded(() -> listener.gaveUp(cause));
    }
}
