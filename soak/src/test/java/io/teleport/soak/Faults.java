package io.teleport.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the client does to connections, one thing at a time. */
final class Faults {

    private static final int LONGEST_STALL_MILLIS = 3000;

    private final List<Slot> slots;

    private final List<CutProxy> proxies;

    private final ScheduledExecutorService timer;

    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    Faults(List<Slot> slots, List<CutProxy> proxies, ScheduledExecutorService timer) {
        this.slots = slots;
        this.proxies = proxies;
        this.timer = timer;
    }

    void next() {
        int kind = ThreadLocalRandom.current().nextInt(100);
        if (kind < 65) {
            cut(kind);
        } else if (kind < 85) {
            close(kind < 75);
        } else {
            stopReading();
        }
    }

    private void cut(int kind) {
        List<CutProxy.Pair> pairs = pairs();
        if (pairs.isEmpty()) {
            return;
        }
        CutProxy.Pair pair = pairs.get(ThreadLocalRandom.current().nextInt(pairs.size()));
        if (kind < 35) {
            count("connection cut by RST");
            pair.cut(true);
        } else if (kind < 55) {
            count("connection cut by FIN");
            pair.cut(false);
        } else {
            int millis = ThreadLocalRandom.current().nextInt(LONGEST_STALL_MILLIS);
            count("connection stalled in both directions, up to 3 s");
            pair.stall(true);
            timer.schedule(pair::goOn, millis, TimeUnit.MILLISECONDS);
        }
    }

    private List<CutProxy.Pair> pairs() {
        return proxies.stream().flatMap(proxy -> proxy.pairs().stream()).toList();
    }

    private void close(boolean graceful) {
        Slot.Life life = any(slot -> !slot.door().isCalm());
        if (life != null) {
            count(graceful ? "client closes a session, with grace" : "client closes a session, without grace");
            if (graceful) {
                life.session().close();
            } else {
                life.session().close(Duration.ZERO);
            }
        }
    }

    /** A slow reader; half of them are cut in the end. */
    private void stopReading() {
        Slot.Life life = any(slot -> !slot.door().isCalm());
        if (life == null) {
            return;
        }
        String address = life.session().localAddress();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        for (CutProxy proxy : proxies) {
            CutProxy.Pair pair = proxy.pairOf(port);
            if (pair != null) {
                count("client stops reading for 3 s while the server pushes all it can");
                pair.stall(false);
                life.session().request(Routes.BURST).push(1);
                boolean cut = ThreadLocalRandom.current().nextBoolean();
                timer.schedule(
                        () -> {
                            if (cut) {
                                pair.cut(true);
                            } else {
                                pair.goOn();
                            }
                        },
                        LONGEST_STALL_MILLIS,
                        TimeUnit.MILLISECONDS);
            }
        }
    }

    private Slot.@Nullable Life any(Predicate<Slot> which) {
        List<Slot.Life> lives = new ArrayList<>();
        for (Slot slot : slots) {
            Slot.Life life = slot.life();
            if (life != null && which.test(slot)) {
                lives.add(life);
            }
        }
        return lives.isEmpty() ? null : lives.get(ThreadLocalRandom.current().nextInt(lives.size()));
    }

    private void count(String fault) {
        counts.computeIfAbsent(fault, key -> new AtomicInteger()).incrementAndGet();
    }

    /** Whoever is stalled goes on. */
    void heal() {
        pairs().forEach(CutProxy.Pair::goOn);
    }

    String rows() {
        StringBuilder rows = new StringBuilder();
        counts.forEach((fault, count) ->
                rows.append("| ").append(fault).append(" | ").append(count).append(" |\n"));
        return rows.toString();
    }
}
