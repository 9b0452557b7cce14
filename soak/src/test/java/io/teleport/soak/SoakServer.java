package io.teleport.soak;

import io.teleport.peer.Peer;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The process that listens. Told what to do by lines on its standard input, of which it answers each with one on its standard output. */
final class SoakServer {

    private static final int MOST_OF_A_BURST = 600;

    private static final double FAULTS_PER_SECOND = 0.5;

    private static final long RESTART_SECONDS = 40;

    private static final List<Op> CALLS = List.of(
            Op.ECHO_JSON,
            Op.ECHO_JSON,
            Op.ECHO_PLAIN,
            Op.ECHO_BYTES,
            Op.ECHO_PROTOBUF,
            Op.LATER,
            Op.DEADLINE,
            Op.DECLINE,
            Op.BACK,
            Op.CANCEL);

    private final Settings settings;

    private final Ledger ledger;

    private final Latencies latencies = new Latencies();

    private final Traffic traffic;

    private final Routes routes;

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);

    private final ExecutorService bursts = Executors.newFixedThreadPool(2);

    private final Map<Door, Peer> peers = new ConcurrentHashMap<>();

    private final Map<String, AtomicInteger> faults = new ConcurrentHashMap<>();

    private final Map<CloseReason, Long> closed = new EnumMap<>(CloseReason.class);

    private final List<Pacer> pacers = new ArrayList<>();

    private int restarts;

    private SoakServer(Settings settings) {
        this.settings = settings;
        this.ledger = settings.newLedger();
        this.traffic = new Traffic(ledger, latencies);
        this.routes = new Routes(ledger, traffic, timer, this::linkOf);
    }

    public static void main(String[] arguments) throws Exception {
        new SoakServer(Settings.of(Arrays.asList(arguments))).serve();
    }

    private void serve() throws Exception {
        for (Door door : Door.values()) {
            open(door, 0);
        }
        Sampler sampler = new Sampler(settings.samplesOf("server"), settings.sampleMillis(), timer);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            out.println(ports());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                switch (line) {
                    case "go" -> go();
                    case "quiet" -> quiet();
                    case "barrier" -> barrier();
                    case "settle" -> ledger.settle();
                    case "end" -> end(sampler);
                    default -> throw new IllegalArgumentException(line);
                }
                out.println(line.equals("settle") ? open() : "done");
                if (line.equals("end")) {
                    return;
                }
            }
        }
        // Whoever started us has ended.
        Runtime.getRuntime().halt(3);
    }

    private void open(Door door, int port) {
        Peer peer = door.peer(port);
        routes.addTo(peer, session -> bursts.execute(() -> burst(session)));
        peers.put(door, peer.start());
    }

    private String ports() {
        return String.join(
                ",",
                Arrays.stream(Door.values())
                        .map(door -> door + "=" + peers.get(door).port())
                        .toList());
    }

    /** Open sockets and sessions of each door. */
    private String open() {
        return String.join(
                ",",
                Arrays.stream(Door.values())
                        .map(door -> peers.get(door).sockets().openCount() + "/"
                                + peers.get(door).sessions().count())
                        .toList());
    }

    private int linkOf(Session session) {
        return Links.of(session, ledger, isCalm(session));
    }

    private boolean isCalm(Session session) {
        return peers.get(Door.CALM)
                .sessions()
                .get(session.id())
                .filter(session::equals)
                .isPresent();
    }

    private List<Session> sessions() {
        return peers.values().stream().flatMap(peer -> peer.sessions().stream()).toList();
    }

    private void go() {
        pacers.add(new Pacer(
                "calls",
                Settings.SERVER_CALLS * settings.rate(),
                due -> any(sessions(), session -> {
                    Op op = CALLS.get(ThreadLocalRandom.current().nextInt(CALLS.size()));
                    traffic.send(op, session, linkOf(session), due);
                }),
                ledger::complain));
        pacers.add(new Pacer(
                "pushes",
                Settings.SERVER_PUSHES * settings.rate(),
                due -> any(sessions(), session -> {
                    int link = linkOf(session);
                    if (ThreadLocalRandom.current().nextBoolean()) {
                        traffic.send(Op.PUSH, session, link, due);
                    } else {
                        Links.sendInOrder(traffic, session, link);
                    }
                }),
                ledger::complain));
        pacers.add(new Pacer("faults", FAULTS_PER_SECOND, due -> fault(), ledger::complain));
        pacers.add(new Pacer("restarts", 1.0 / RESTART_SECONDS, due -> restart(), ledger::complain));
    }

    private static <T> void any(Collection<T> all, Consumer<T> action) {
        if (!all.isEmpty()) {
            action.accept(List.copyOf(all).get(ThreadLocalRandom.current().nextInt(all.size())));
        }
    }

    private void fault() {
        any(sessions().stream().filter(session -> !isCalm(session)).toList(), session -> {
            switch (ThreadLocalRandom.current().nextInt(3)) {
                case 0 -> {
                    count("server closes a session, with grace");
                    session.close();
                }
                case 1 -> {
                    count("server kicks a session, without grace");
                    session.close(Duration.ZERO, CloseReason.KICKED, "by an operator");
                }
                default ->
                    any(
                            peers.values().stream()
                                    .filter(peer ->
                                            peer.sessions().get(session.id()).isPresent())
                                    .flatMap(peer -> peer.sessions().stream())
                                    .filter(other -> !other.equals(session))
                                    .toList(),
                            other -> {
                                count("server gives a session the id of another, which is kicked");
                                session.rename(other.id());
                            });
            }
        });
    }

    private void count(String fault) {
        faults.computeIfAbsent(fault, key -> new AtomicInteger()).incrementAndGet();
    }

    /** One door after the other, but for the calm one. */
    private void restart() {
        if (restarts++ == 0) {
            return;
        }
        List<Door> doors =
                Arrays.stream(Door.values()).filter(door -> !door.isCalm()).toList();
        Door door = doors.get(restarts % doors.size());
        count("server restarts a peer");
        Peer old = peers.get(door);
        int port = old.port();
        close(old);
        open(door, port);
    }

    private void close(Peer peer) {
        peer.close();
        if (peer.sockets().openCount() != 0 || peer.sessions().count() != 0) {
            ledger.complain("a closed peer has " + peer.sockets().openCount() + " sockets and "
                    + peer.sessions().count() + " sessions");
        }
        synchronized (closed) {
            peer.sockets().totals().closed().forEach((reason, count) -> closed.merge(reason, count, Long::sum));
        }
    }

    private void burst(Session session) {
        int link = linkOf(session);
        for (int sent = 0; sent < MOST_OF_A_BURST; sent++) {
            var outcome = traffic.send(Op.PUSH_BURST, session, link, System.nanoTime());
            if (outcome.isDone() && outcome.join() != Outcome.OK) {
                count("server pushes to a client that does not read until it is refused: " + outcome.join());
                return;
            }
        }
        count("server pushes to a client that does not read until it is refused: never");
    }

    private void quiet() throws InterruptedException {
        for (Pacer pacer : pacers) {
            pacer.stop();
        }
        bursts.shutdown();
        bursts.awaitTermination(1, TimeUnit.MINUTES);
        ledger.awaitOutcomes(TimeUnit.MINUTES.toMillis(2));
    }

    /** When it is answered everything sent before has arrived. */
    private void barrier() {
        for (Session session : sessions()) {
            Outcome outcome = traffic.send(Op.ECHO_JSON, session, linkOf(session), System.nanoTime())
                    .join();
            if (outcome != Outcome.OK) {
                ledger.complain("the last call to " + session + " ended with " + outcome);
            }
        }
    }

    private void end(Sampler sampler) throws IOException, InterruptedException {
        sampler.stop();
        peers.values().forEach(this::close);
        timer.shutdown();
        timer.awaitTermination(1, TimeUnit.MINUTES);
        Soak.threadsThatStay().forEach(name -> ledger.complain("a thread of a closed peer goes on: " + name));
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(settings.serverLedger())))) {
            ledger.write(out);
        }
        StringBuilder report = new StringBuilder();
        faults.forEach((fault, count) ->
                report.append("| ").append(fault).append(" | ").append(count).append(" |\n"));
        report.append("| server's sockets closed, by reason | ").append(closed).append(" |\n");
        report.append("---\n").append(latencies.rows("server"));
        Files.writeString(settings.serverReport(), report);
    }
}
