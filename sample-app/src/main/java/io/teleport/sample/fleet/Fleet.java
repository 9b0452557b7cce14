package io.teleport.sample.fleet;

import io.teleport.message.Status;
import io.teleport.peer.DialOptions;
import io.teleport.peer.Peer;
import io.teleport.plugin.auth.AuthBearer;
import io.teleport.session.RedialListener;
import io.teleport.session.RedialPolicy;
import io.teleport.session.Session;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps sessions with the chat, each logged in under a name of its own, and dialed again whenever their connections end. Logs a line when that happens and
 * one when all are back, which is a {@link MusterReport}, published as an event, too.
 */
@Component
@Profile("fleet")
@EnableConfigurationProperties(FleetSettings.class)
class Fleet {

    private static final Logger log = LoggerFactory.getLogger(Fleet.class);

    private static final String NAME = "fleet.name";

    private final FleetSettings settings;

    private final ApplicationEventPublisher events;

    private final CallCounts calls = new CallCounts();

    private final Queue<FleetMember> members = new ConcurrentLinkedQueue<>();

    private final AtomicInteger named = new AtomicInteger();

    private final Peer peer;

    Fleet(FleetSettings settings, ApplicationEventPublisher events) {
        this.settings = settings;
        this.events = events;
        this.peer = Peer.builder()
                .name("fleet")
                .plugin(AuthBearer.of(session -> settings.tokenOf(nameOf(session))))
                .build();
        // The broadcasts of the service.
        peer.router().push("/push/status", String.class, (context, text) -> log.trace("{}", text));
    }

    /** The session stays the same when it is dialed again, and so does its name. */
    private String nameOf(Session session) {
        return (String) session.attributes().computeIfAbsent(NAME, none -> "fleet-" + named.incrementAndGet());
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        log.info("fleet: dialing {}", settings);
        Muster muster = new Muster(settings.fleet(), calls, System::nanoTime);
        DialOptions target = DialOptions.to(settings.fleetAddress())
                .redial(RedialPolicy.standard())
                .listener(new Lookout(muster));
        for (int i = 0; i < settings.fleet(); i++) {
            // That it failed for good is told to the lookout.
            peer.dialAsync(target).thenAccept(session -> members.add(new FleetMember(nameOf(session), session, calls)));
        }
    }

    @Scheduled(fixedRateString = "${sample.fleet-call-interval}")
    void callNowAndThen() {
        members.forEach(FleetMember::call);
    }

    /** Has each member call; completes when these calls have ended. */
    CompletableFuture<?> call() {
        return CompletableFuture.allOf(members.stream().map(FleetMember::call).toArray(CompletableFuture<?>[]::new));
    }

    @PreDestroy
    void close() {
        peer.close();
        log.info("fleet: closed; calls {}", calls());
    }

    CallCounts.Snapshot calls() {
        return calls.snapshot();
    }

    /** One for all sessions: several tell it something at once. */
    private final class Lookout implements RedialListener {

        private final Muster muster;

        private Lookout(Muster muster) {
            this.muster = muster;
        }

        @Override
        public void lost(Status cause) {
            if (muster.lost()) {
                log.info("fleet: connections are lost: {}; calls {}", cause, calls());
            }
        }

        @Override
        public void failed(String address, Status cause) {
            if (muster.failed(cause)) {
                log.info("fleet: cannot connect to {}, will try again: {}", address, cause);
            }
        }

        @Override
        public void waiting(Duration delay) {
            muster.waiting(delay);
        }

        @Override
        public void connected(String address) {
            muster.arrived().ifPresent(report -> {
                log.info("fleet: {}", report);
                events.publishEvent(report);
            });
        }

        @Override
        public void gaveUp(Status cause) {
            log.warn("fleet: gave up: {}", cause);
        }
    }
}
