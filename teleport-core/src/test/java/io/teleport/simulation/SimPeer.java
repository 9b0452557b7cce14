package io.teleport.simulation;

import io.teleport.message.Status;
import io.teleport.peer.Peer;
import io.teleport.peer.PeerBuilder;
import io.teleport.plugin.PostAcceptHook;
import io.teleport.plugin.PostDialHook;
import io.teleport.plugin.PostDisconnectHook;
import io.teleport.session.CallObserver;
import io.teleport.session.IncomingMessage;
import io.teleport.session.OutgoingMessage;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.socket.OutboundPolicy;
import io.teleport.socket.SocketSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One peer with options drawn from the seed, and every session it has had. */
final class SimPeer implements PostAcceptHook, PostDialHook, PostDisconnectHook, CallObserver {

    /** What {@link io.teleport.socket.GuardedSocket} has beyond the limit for short answers. */
    private static final long ANSWER_ROOM = 1024 * 1024;

    private final World world;

    private final Ledger ledger;

    private final String name;

    private final SimPeerThreads threads;

    private final Peer peer;

    private final List<SimSession> sessions = new ArrayList<>();

    private final Map<Session, SimSession> bySession = new HashMap<>();

    private final boolean eventfulHooks;

    final int handlersPerSession;

    private boolean closing;

    SimPeer(World world, Network network, Ledger ledger, String name, @Nullable String listens) {
        this.world = world;
        this.ledger = ledger;
        this.name = name;
        this.eventfulHooks = world.chance(1, 4);
        this.handlersPerSession = pick(2, 16, 10_000);
        this.threads =
                new SimPeerThreads(world, network, name, 1 + world.random.nextInt(2), world.chance(1, 5) ? 3 : 10_000);
        PeerBuilder builder = Peer.builder()
                .name(name)
                .register(new SimTransport())
                .bodyCodec("plain")
                .plugin(this)
                .observer(this)
                .handlersPerSession(handlersPerSession)
                .outboundLimit(pick(2 * 1024, 16 * 1024, 8 * 1024 * 1024))
                .outboundPolicy(
                        world.chance(1, 2)
                                ? OutboundPolicy.REFUSE
                                : world.chance(1, 2) ? OutboundPolicy.DROP_OLDEST_PUSH : OutboundPolicy.CLOSE_SLOW)
                .pendingLimit(pick(3, 64, 65_536))
                .closedSocketHistory(pick(0, 2, 256))
                .callTimeout(Duration.ofSeconds(5))
                .frameTimeout(Duration.ofSeconds(3))
                .dialTimeout(Duration.ofSeconds(1))
                .handshakeTimeout(Duration.ofSeconds(2))
                .closeTimeout(Duration.ofMillis(pick(0, 200, 3_000)))
                .contextAge(Duration.ofMillis(pick(0, 0, 300)))
                .sessionAge(Duration.ofMillis(pick(0, 0, 1_500)))
                .retryAfter(Duration.ofMillis(pick(0, 0, 100)));
        if (listens != null) {
            builder.listen(SimTransport.SCHEME + "://" + listens);
        }
        this.peer = threads.build(builder);
        new Routes(world, ledger, this).register(peer.router());
        if (listens != null) {
            threads.settingUp(peer::start);
        }
    }

    private int pick(int... values) {
        return values[world.random.nextInt(values.length)];
    }

    Peer peer() {
        return peer;
    }

    List<SimSession> sessions() {
        return sessions;
    }

    SimSession of(Session session) {
        return bySession.computeIfAbsent(session, added -> {
            SimSession known = new SimSession(world, ledger, this, added, name + "/" + sessions.size());
            sessions.add(known);
            return known;
        });
    }

    void close(Duration grace) {
        if (!closing) {
            closing = true;
            world.log("peer " + name + " closes within " + grace.toMillis() + " ms");
            peer.closeAsync(grace).whenComplete((nothing, failure) -> world.log("peer " + name + " is closed"));
        }
    }

    boolean isClosing() {
        return closing;
    }

    // Hooks.

    @Override
    public String name() {
        return "simulated";
    }

    @Override
    public void postAccept(Session session) {
        of(session).log("accepted");
        eventful(session);
    }

    @Override
    public void postDial(Session session, boolean redial) {
        of(session).log(redial ? "dialed again" : "dialed");
        eventful(session);
    }

    private void eventful(Session session) {
        if (!eventfulHooks) {
            return;
        }
        switch (world.random.nextInt(12)) {
            case 0 -> of(session).close(0);
            case 1 -> of(session).close(100 * World.MILLIS);
            case 2 -> of(session).rename("id" + world.random.nextInt(3));
            case 3 -> {
                of(session).log("is refused");
                throw Status.of(Routes.REFUSED, "refused", "by a hook").toException();
            }
            case 4 -> of(session).call("/echo");
            case 5 -> of(session).push("/note");
            default -> {}
        }
    }

    @Override
    public void postDisconnect(Session session, CloseCause cause) {
        world.guarded(() -> of(session).disconnected(cause));
        if (eventfulHooks && world.chance(1, 3)) {
            of(session).close(0);
            of(session).call("/echo");
        }
    }

    @Override
    public void issued(OutgoingMessage request, @Nullable IncomingMessage reply, Status status, long nanos) {
        String id = request.metadata().get("id");
        if (id != null) {
            world.guarded(() -> ledger.observed(Integer.parseInt(id), status));
        }
        if (nanos < 0) {
            throw world.violation("G4", "time went back");
        }
    }

    // Checks.

    /** At any moment. */
    void checkBounds() {
        long limit = peer.options().outboundLimit();
        List<SocketSnapshot> open = peer.sockets().open();
        for (SocketSnapshot socket : open) {
            if (socket.outboundBytes() > limit + ANSWER_ROOM) {
                throw world.violation("G7", socket + " holds more than its limit");
            }
        }
        if (peer.sockets().closed().size() > peer.options().closedSocketHistory()) {
            throw world.violation("G7", name + " remembers too many sockets");
        }
    }

    /** When every session has been closed and everything has come to rest. */
    void checkRest() {
        for (SimSession session : sessions) {
            session.checkEnd();
        }
        if (peer.sockets().openCount() != 0) {
            throw world.violation(
                    "G4",
                    name + " has open sockets at the end: " + peer.sockets().open());
        }
        if (peer.sessions().count() != 0) {
            throw world.violation(
                    "G4",
                    name + " has sessions at the end: "
                            + peer.sessions().stream().toList());
        }
        for (SocketSnapshot socket : peer.sockets().closed()) {
            if (socket.closeReason() == null) {
                throw world.violation("G5", socket + " has no close reason");
            }
        }
    }

    void checkClosed() {
        if (!peer.state().name().equals("CLOSED")) {
            throw world.violation("G4", name + " is " + peer.state() + " at the end of time");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
