package io.teleport.soak;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.teleport.peer.Peer;
import io.teleport.session.Session;
import io.teleport.session.WhileRedialing;
import io.teleport.testing.GarbageCollection;
import io.teleport.testing.Threads;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the server, is the client, and gives the account. Arguments: minutes, and a folder for the report; the exit code is 0 if everything holds, 1 if
 * something does not, 2 if there is no account.
 */
final class Soak {

    private static final Logger log = LoggerFactory.getLogger(Soak.class);

    private static final double FAULTS_PER_SECOND = 2;

    private static final double BLOCKING_PER_SECOND = 5;

    private static final int BARRIER_TRIES = 10;

    private static final List<Op> CALLS = List.of(
            Op.ECHO_JSON,
            Op.ECHO_JSON,
            Op.ECHO_FORM,
            Op.ECHO_XML,
            Op.ECHO_PLAIN,
            Op.ECHO_BYTES,
            Op.ECHO_PROTOBUF,
            Op.ECHO_IDEMPOTENT,
            Op.ECHO_IDEMPOTENT,
            Op.LATER,
            Op.DEADLINE,
            Op.CANCEL,
            Op.DECLINE,
            Op.BACK,
            Op.BACK,
            Op.BACK_BLOCKING);

    /** One in so many calls. */
    private static final int LARGE = 100;

    private final Settings settings;

    private final ServerProcess server;

    private final Ledger ledger;

    private final Latencies latencies = new Latencies();

    private final Traffic traffic;

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);

    private final EventLoopGroup proxyLoop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    private final Peer peer;

    private final Map<Door, CutProxy> proxies = new EnumMap<>(Door.class);

    private final List<Slot> slots = new ArrayList<>();

    private final Faults faults;

    private final int unknownLink;

    private Soak(Settings settings, ServerProcess server) {
        this.settings = settings;
        this.server = server;
        this.ledger = settings.newLedger();
        this.unknownLink = ledger.newLink(false);
        ledger.linkEnded(unknownLink);
        this.traffic = new Traffic(ledger, latencies);
        this.peer = Door.options("soak-client").build();
        new Routes(ledger, traffic, timer, this::linkOf)
                .addTo(peer, session -> ledger.complain("a client was asked for a burst"));
        for (Door door : Door.values()) {
            if (door.isCalm()) {
                for (int i = 0; i < 4; i++) {
                    slots.add(slot(door, server.port(door), WhileRedialing.WAIT));
                }
            } else {
                CutProxy proxy = new CutProxy(proxyLoop, server.port(door));
                proxies.put(door, proxy);
                slots.add(slot(door, server.port(door), WhileRedialing.WAIT));
                slots.add(slot(door, server.port(door), null));
                slots.add(slot(door, proxy.port(), WhileRedialing.WAIT));
                slots.add(slot(door, proxy.port(), WhileRedialing.WAIT));
                slots.add(slot(door, proxy.port(), WhileRedialing.FAIL));
                slots.add(slot(door, proxy.port(), null));
            }
        }
        this.faults = new Faults(slots, List.copyOf(proxies.values()), timer);
    }

    private Slot slot(Door door, int port, WhileRedialing whileRedialing) {
        return new Slot(door, door.address(port), whileRedialing, peer, ledger, timer);
    }

    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.of(Arrays.asList(arguments));
        Files.createDirectories(settings.folder());
        int exitCode = 2;
        try (ServerProcess server = new ServerProcess(settings)) {
            exitCode = new Soak(settings, server).run() ? 0 : 1;
        } catch (Exception | Error e) {
            // Not thrown on: the threads of the run would keep this process alive.
            log.error("No account", e);
        }
        System.exit(exitCode);
    }

    /** Names of threads of closed peers that go on; those that are just ending are waited for. */
    static List<String> threadsThatStay() throws InterruptedException {
        return Threads.thatStay("teleport-");
    }

    private int linkOf(Session session) {
        Slot.Life life = Slot.Life.of(session);
        return life == null ? unknownLink : life.link();
    }

    private boolean run() throws Exception {
        CompletableFuture.allOf(slots.stream().map(Slot::dial).toArray(CompletableFuture[]::new))
                .get(1, TimeUnit.MINUTES);
        Sampler sampler = new Sampler(settings.samplesOf("client"), settings.sampleMillis(), timer);
        server.ask("go");
        long until = System.nanoTime() + (long) (settings.minutes() * 60e9);
        List<Pacer> pacers = List.of(
                new Pacer("faults", FAULTS_PER_SECOND, due -> faults.next(), ledger::complain),
                new Pacer("calls", Settings.CLIENT_CALLS * settings.rate(), this::call, ledger::complain),
                new Pacer("pushes", Settings.CLIENT_PUSHES * settings.rate(), this::push, ledger::complain),
                new Pacer("blocking-1", BLOCKING_PER_SECOND, due -> send(Op.ECHO_BLOCKING, due), ledger::complain),
                new Pacer("blocking-2", BLOCKING_PER_SECOND, due -> send(Op.ECHO_BLOCKING, due), ledger::complain));
        server.awaitWork(until - System.nanoTime());

        for (Pacer pacer : pacers) {
            pacer.stop();
        }
        faults.heal();
        Future<Integer> ours = timer.submit(() -> ledger.awaitOutcomes(TimeUnit.MINUTES.toMillis(2)));
        server.ask("quiet");
        ours.get();
        sampler.stop();
        slots.forEach(this::barrier);
        server.ask("barrier");
        ledger.settle();
        String open = server.ask("settle");
        int openHere = peer.sockets().openCount();
        int sessionsHere = peer.sessions().count();
        slots.forEach(Slot::stop);
        peer.close();
        server.ask("end");
        if (!server.endsWell()) {
            ledger.complain("the server ended with an error, or did not end; see server.log");
        }
        timer.shutdown();
        proxyLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        threadsThatStay().forEach(name -> ledger.complain("a thread of a closed peer goes on: " + name));
        GarbageCollection.complete();

        Report report = new Report(settings, ledger, otherLedger(), latencies);
        report.open("server, by door: sockets/sessions", open, expectedOpen());
        report.open("client: sockets/sessions", openHere + "/" + sessionsHere, slots.size() + "/" + slots.size());
        return report.write(faults.rows(), peer.sockets().totals().closed().toString());
    }

    private Ledger otherLedger() throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(settings.serverLedger())))) {
            return Ledger.read(in);
        }
    }

    private String expectedOpen() {
        return String.join(
                ",",
                Arrays.stream(Door.values())
                        .map(door -> slots.stream()
                                .filter(slot -> slot.door() == door)
                                .count())
                        .map(count -> count + "/" + count)
                        .toList());
    }

    private void call(long due) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        send(random.nextInt(LARGE) == 0 ? Op.ECHO_LARGE : CALLS.get(random.nextInt(CALLS.size())), due);
    }

    private void send(Op op, long due) {
        Slot.Life life =
                slots.get(ThreadLocalRandom.current().nextInt(slots.size())).life();
        if (life != null) {
            traffic.send(op, life.session(), life.link(), due);
        }
    }

    private void push(long due) {
        Slot.Life life =
                slots.get(ThreadLocalRandom.current().nextInt(slots.size())).life();
        if (life != null && ThreadLocalRandom.current().nextBoolean()) {
            life.sendInOrder(traffic);
        } else if (life != null) {
            traffic.send(Op.PUSH, life.session(), life.link(), due);
        }
    }

    /** When a call is answered, everything sent before on its connection has arrived. */
    private void barrier(Slot slot) {
        for (int i = 0; i < BARRIER_TRIES; i++) {
            Slot.Life life = slot.life();
            if (life == null) {
                // Between two sessions; its next dialing is a moment away.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
            } else if (traffic.send(Op.ECHO_JSON, life.session(), life.link(), System.nanoTime())
                            .join()
                    == Outcome.OK) {
                return;
            }
        }
        ledger.complain("no connection came back at the end: " + slot.door());
    }
}
