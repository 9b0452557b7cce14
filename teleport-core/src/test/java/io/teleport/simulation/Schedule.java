package io.teleport.simulation;

import io.teleport.message.Failures;
import io.teleport.message.StatusException;
import io.teleport.peer.DialOptions;
import io.teleport.session.RedialPolicy;
import io.teleport.session.SeededDelays;
import io.teleport.session.Session;
import io.teleport.session.SessionState;
import io.teleport.session.WhileRedialing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The life of two or three peers, all of it drawn from one seed: who dials whom, what is called, what breaks. At its end all of it is closed, time runs until
 * nothing will happen any more, and everything must be gone.
 */
final class Schedule {

    /** In which the peers are used. */
    private static final long LIFE = 2_000 * World.MILLIS;

    /** Nothing may last longer; twice the longest of all limits together. */
    private static final long END_OF_TIME = 600_000 * World.MILLIS;

    private final World world;

    private final Network network;

    private final Ledger ledger;

    private final SimPool users;

    private final List<SimPeer> peers = new ArrayList<>();

    private final List<CompletableFuture<Session>> dialing = new ArrayList<>();

    private boolean ending;

    private Schedule(long seed) {
        this.world = new World(seed);
        this.network = new Network(world);
        this.ledger = new Ledger(world);
        this.users = new SimPool(world, -1);
    }

    /** Runs one and checks it. A violation carries the history. */
    static History run(long seed) {
        Schedule schedule = new Schedule(seed);
        try (LogWatch log = new LogWatch()) {
            schedule.live();
            List<String> swallowed = log.take();
            if (!swallowed.isEmpty()) {
                throw schedule.world.violation("G4", "failures were swallowed: " + swallowed);
            }
        } catch (Throwable e) {
            throw new FailedSchedule(seed, schedule.world.history, e);
        }
        return schedule.world.history;
    }

    private void live() {
        network.onRequest(ledger::written);
        peers.add(new SimPeer(world, network, ledger, "s", "s"));
        peers.add(new SimPeer(world, network, ledger, "c", null));
        if (world.chance(1, 2)) {
            peers.add(new SimPeer(world, network, ledger, "b", "b"));
        }
        int actions = 10 + world.random.nextInt(50);
        for (int i = 0; i < 1 + world.random.nextInt(3); i++) {
            at(world.some(50 * World.MILLIS), this::dial);
        }
        boolean faulty = world.chance(3, 4);
        for (int i = 0; i < actions; i++) {
            at(world.random.nextLong(LIFE), () -> act(faulty));
        }
        world.run(world.now() + LIFE + 500 * World.MILLIS);
        end();
    }

    private void at(long nanos, Runnable action) {
        world.after(nanos, () -> users.execute(action));
    }

    // What users do.

    private void act(boolean faulty) {
        peers.forEach(SimPeer::checkBounds);
        int what = world.random.nextInt(100);
        if (what < 6) {
            dial();
        } else if (what < 9 && faulty) {
            close(peers.get(world.random.nextInt(peers.size())));
        } else if (what < 25 && faulty) {
            fault();
        } else {
            List<SimSession> sessions = new ArrayList<>();
            peers.forEach(peer -> sessions.addAll(peer.sessions()));
            if (!sessions.isEmpty()) {
                int last = Math.min(sessions.size(), 8);
                use(sessions.get(sessions.size() - 1 - world.random.nextInt(last)));
            }
        }
    }

    private void close(SimPeer peer) {
        peer.close(Duration.ofNanos(world.chance(1, 3) ? 0 : world.some(2_000 * World.MILLIS)));
    }

    private void fault() {
        List<Connection> there = network.connections();
        if (there.isEmpty() || world.chance(1, 8)) {
            network.unreachable(world.some(1_500 * World.MILLIS));
            return;
        }
        Connection connection = there.get(world.random.nextInt(there.size()));
        switch (world.random.nextInt(6)) {
            case 0, 1, 2 -> connection.cut();
            case 3 -> {
                int ways = 1 + world.random.nextInt(3);
                connection.halfOpen((ways & 1) != 0, (ways & 2) != 0);
            }
            default -> connection.stall(world.some(2_000 * World.MILLIS));
        }
    }

    private void use(SimSession session) {
        int what = world.random.nextInt(100);
        if (what < 55) {
            calls(session);
        } else if (what < 80) {
            pushes(session);
        } else if (what < 86) {
            session.close(world.chance(1, 2) ? 0 : world.some(1_000 * World.MILLIS));
        } else if (what < 92) {
            session.rename(world.chance(1, 5) ? "" : "id" + world.random.nextInt(3));
        } else if (what < 95) {
            session.age(world.some(1_500));
        } else {
            session.session().onWritable(() -> session.push("/note"));
        }
    }

    private void calls(SimSession session) {
        int count = world.chance(1, 4) ? 1 + world.random.nextInt(12) : 1;
        for (int i = 0; i < count; i++) {
            String route = Routes.CALLS.get(world.random.nextInt(Routes.CALLS.size()));
            int padding = route.equals("/big") ? world.random.nextInt(40_000) : 0;
            CompletableFuture<?> call = session.call(
                    route, 1 + world.some(4_000), world.chance(1, 4), padding, status -> afterwards(session));
            if (world.chance(1, 10)) {
                at(world.some(200 * World.MILLIS), () -> call.cancel(false));
            }
        }
    }

    /** In a completion callback. */
    private void afterwards(SimSession session) {
        if (!ending && world.chance(1, 12)) {
            if (world.chance(1, 3)) {
                session.close(0);
            } else {
                session.call("/echo");
            }
        }
    }

    private void pushes(SimSession session) {
        int count = world.chance(1, 3) ? 1 + world.random.nextInt(10) : 1;
        String route =
                List.of("/note", "/order", "/order", "/calling", "/quick").get(world.random.nextInt(5));
        int padding = world.chance(1, 3) ? world.random.nextInt(5_000) : 0;
        for (int i = 0; i < count; i++) {
            session.push(route, padding);
        }
    }

    private void dial() {
        SimPeer who = peers.get(1 + world.random.nextInt(peers.size() - 1));
        if (who.isClosing() || ending) {
            return;
        }
        List<String> addresses = new ArrayList<>(List.of("sim://s"));
        if (peers.size() > 2) {
            addresses.add(world.random.nextInt(2), "sim://b");
        }
        DialOptions target = DialOptions.to(
                world.chance(1, 3) ? addresses : List.of(addresses.get(world.random.nextInt(addresses.size()))));
        if (world.chance(2, 3)) {
            target = target.redial(policy());
        }
        world.log(who + " dials " + target.addresses() + (target.redial() == null ? "" : " again and again"));
        CompletableFuture<Session> session = who.peer().dialAsync(target);
        dialing.add(session);
        session.whenComplete((opened, failure) -> world.guarded(() -> dialed(who, opened, failure)));
        if (world.chance(1, 12)) {
            at(world.some(20 * World.MILLIS), () -> session.cancel(false));
        }
    }

    private RedialPolicy policy() {
        int rounds = world.chance(1, 2) ? -1 : world.random.nextInt(4);
        RedialPolicy policy = new RedialPolicy(
                rounds,
                SeededDelays.exponential(
                        Duration.ofMillis(10), Duration.ofMillis(200), bound -> world.random.nextLong(bound + 1)),
                world.chance(1, 5) ? WhileRedialing.FAIL : WhileRedialing.WAIT);
        return policy;
    }

    private void dialed(SimPeer who, Session opened, Throwable failure) {
        if (failure == null) {
            SimSession session = who.of(opened);
            session.isOpen();
            if (ending) {
                session.close(0);
            }
        } else if (!(Failures.unwrap(failure) instanceof StatusException)
                && !(failure instanceof java.util.concurrent.CancellationException)) {
            throw world.violation("G4", "dialing failed otherwise than by a status: " + failure);
        } else {
            world.log(who + " has no connection: " + failure.getMessage());
        }
    }

    // The end.

    private void end() {
        world.log("the end begins");
        ending = true;
        List.copyOf(dialing).forEach(dial -> dial.cancel(false));
        for (SimPeer peer : peers) {
            List.copyOf(peer.sessions()).forEach(session -> session.close(0));
        }
        world.run(world.now() + END_OF_TIME);
        for (SimPeer peer : peers) {
            List.copyOf(peer.sessions()).stream()
                    .filter(session -> session.session().state() != SessionState.CLOSED)
                    .forEach(session -> session.close(0));
        }
        world.run(world.now() + END_OF_TIME);
        ledger.check();
        peers.forEach(SimPeer::checkRest);
        if (world.loopsWithTimers() != 0 || world.eventsToCome() != 0) {
            throw world.violation(
                    "G4",
                    "still to come: " + world.loopsWithTimers() + " event loops with timers, " + world.eventsToCome()
                            + " events");
        }
        peers.forEach(peer -> peer.close(Duration.ofSeconds(1)));
        world.run(world.now() + END_OF_TIME);
        peers.forEach(SimPeer::checkClosed);
        network.check();
    }
}
