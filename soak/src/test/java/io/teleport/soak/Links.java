package io.teleport.soak;

import io.teleport.session.Session;

/** The links of accepted sessions, of which each is one. */
final class Links {

    private static final String KEY = "soak.link";

    private static final String PREVIOUS = "soak.previous";

    private Links() {}

    static int of(Session session, Ledger ledger, boolean calm) {
        return (Integer) session.attributes().computeIfAbsent(KEY, key -> {
            int link = ledger.newLink(calm);
            session.closeFuture().whenComplete((cause, failure) -> ledger.linkEnded(link));
            return link;
        });
    }

    /** Sends the next push of the session's sequence. Called by one thread. */
    static void sendInOrder(Traffic traffic, Session session, int link) {
        int previous = (Integer) session.attributes().getOrDefault(PREVIOUS, 0);
        session.attributes().put(PREVIOUS, traffic.sendInOrder(session, link, link, previous));
    }
}
