package io.teleport.sample.status;

import io.teleport.boot.Teleport;
import io.teleport.message.StatusException;
import io.teleport.peer.Peer;
import io.teleport.session.Session;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Pushes {@code /push/status} to every connected session, as the example in Go's README does. */
@Component
@Profile("!fleet")
class StatusBroadcaster {

    private static final Logger log = LoggerFactory.getLogger(StatusBroadcaster.class);

    private final List<Peer> peers;

    StatusBroadcaster(Teleport teleport) {
        this.peers = List.of(teleport.peer("service"), teleport.peer("browser"), teleport.peer("chat"));
    }

    @Scheduled(fixedRateString = "${sample.broadcast-interval:5s}")
    void broadcast() {
        peers.forEach(peer -> peer.sessions().stream().forEach(this::push));
    }

    private void push(Session session) {
        try {
            session.push("/push/status", "this is a broadcast, server time: " + Instant.now());
        } catch (StatusException e) {
            // It went away between the look-up and the push, or reads too slowly; the next broadcast tries again.
            log.debug("{}: not reached: {}", session, e.status());
        }
    }
}
