package io.teleport.soak;

import io.teleport.message.Status;
import io.teleport.peer.DialOptions;
import io.teleport.peer.Peer;
import io.teleport.session.RedialDelay;
import io.teleport.session.RedialListener;
import io.teleport.session.RedialPolicy;
import io.teleport.session.Session;
import io.teleport.session.WhileRedialing;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One session of the client; when it ends, the next. */
final class Slot {

    private static final RedialPolicy POLICY =
            RedialPolicy.standard().withDelay(RedialDelay.exponential(Duration.ofMillis(20), Duration.ofSeconds(1)));

    /** What becomes of calls and pushes when the connection is lost; null where the session ends with it. */
    private final @Nullable WhileRedialing whileRedialing;

    private final Door door;

    private final String address;

    private final Peer peer;

    private final Ledger ledger;

    private final ScheduledExecutorService timer;

    private volatile @Nullable Life life;

    private volatile boolean stopped;

    Slot(
            Door door,
            String address,
            @Nullable WhileRedialing whileRedialing,
            Peer peer,
            Ledger ledger,
            ScheduledExecutorService timer) {
        this.door = door;
        this.address = address;
        this.whileRedialing = whileRedialing;
        this.peer = peer;
        this.ledger = ledger;
        this.timer = timer;
    }

    Door door() {
        return door;
    }

    /** Null while there is none. */
    @Nullable
    Life life() {
        return life;
    }

    CompletableFuture<Void> dial() {
        Life next = new Life();
        DialOptions options = DialOptions.to(address).protocol(door.protocol()).listener(next);
        if (whileRedialing != null) {
            options = options.redial(POLICY.whileRedialing(whileRedialing));
        }
        CompletableFuture<Void> opened = new CompletableFuture<>();
        peer.dialAsync(options).whenComplete((session, failure) -> {
            if (session == null) {
                again();
            } else {
                next.begin(session);
                opened.complete(null);
            }
        });
        return opened;
    }

    private void again() {
        if (!stopped) {
            timer.schedule(this::dial, 50, TimeUnit.MILLISECONDS);
        }
    }

    /** What ends is not begun again. */
    void stop() {
        stopped = true;
    }

    /** A session from its beginning to its end. */
    final class Life implements RedialListener {

        private static final String KEY = "soak.life";

        private volatile int link = ledger.newLink(door.isCalm());

        private volatile @Nullable Session session;

        /** Of the one thread that sends in order. */
        private int previous;

        private int stream;

        private void begin(Session begun) {
            session = begun;
            stream = link;
            begun.attributes().put(KEY, this);
            life = this;
            begun.closeFuture().whenComplete((cause, failure) -> {
                ledger.linkEnded(link);
                life = null;
                again();
            });
        }

        static @Nullable Life of(Session session) {
            return (Life) session.attributes().get(KEY);
        }

        int link() {
            return link;
        }

        Session session() {
            return Objects.requireNonNull(session, "begun");
        }

        void sendInOrder(Traffic traffic) {
            previous = traffic.sendInOrder(session(), link, stream, previous);
        }

        @Override
        public void lost(Status cause) {
            next();
        }

        @Override
        public void connected(String to) {
            next();
        }

        private void next() {
            if (!door.isCalm()) {
                int ended = link;
                link = ledger.newLink(false);
                ledger.linkEnded(ended);
            }
        }
    }
}
