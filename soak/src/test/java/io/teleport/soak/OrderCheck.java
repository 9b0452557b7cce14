package io.teleport.soak;

import io.teleport.session.Session;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ordered pushes that came over one session, by stream. A stream is of one connection as soon as one end of it is. Thread-safe. */
final class OrderCheck {

    private static final String KEY = "soak.order";

    /** So many connections of one session may still have handlers that run. */
    private static final int STREAMS = 16;

    private final Map<Integer, Integer> lastOfStream = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
            return size() > STREAMS;
        }
    };

    static OrderCheck of(Session session) {
        return (OrderCheck) session.attributes().computeIfAbsent(KEY, key -> new OrderCheck());
    }

    synchronized void received(Load load, Ledger ledger) {
        Integer last = lastOfStream.put(load.stream(), load.id());
        if (last == null) {
            return;
        }
        if (last >= load.id()) {
            ledger.complain("ordered push " + load.id() + " came after " + last + " of stream " + load.stream());
        } else if (last != load.previous()) {
            ledger.gap(load.previous(), last);
        }
    }
}
