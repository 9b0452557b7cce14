package io.teleport.peer;

import io.teleport.session.Session;
import io.teleport.testing.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/**
 * Idle sessions in a process that does nothing else, so that what it holds is theirs. For each number it reads it opens or waits for
 * so many sessions more, and tells how many are healthy and what the process holds then.
 *
 * <p>Arguments: {@code listen ADDRESS}, which first tells its port, {@code dial ADDRESS}, or {@code both ADDRESS}.
 */
final class IdleCostProcess {

    static final String PORT = "listening on ";

    static final String HEALTHY = "healthy: ";

    static final String HOLDS = "holds: ";

    private final List<Session> dialed = new ArrayList<>();

    private int expected;

    private IdleCostProcess() {}

    public static void main(String[] arguments) throws IOException {
        new IdleCostProcess().run(arguments[0], arguments[1]);
    }

    private void run(String role, String address) throws IOException {
        switch (role) {
            case "listen" -> {
                try (Peer server = server(address)) {
                    System.out.println(PORT + server.port());
                    answer(count -> awaitOpen(server), () -> server.sessions().count());
                }
            }
            case "dial" -> {
                try (Peer client = client()) {
                    answer(count -> dial(client, address, count), this::healthy);
                }
            }
            case "both" -> {
                try (Peer server = server(address);
                        Peer client = client()) {
                    answer(
                            count -> {
                                dial(client, address, count);
                                awaitOpen(server);
                            },
                            () -> Math.min(healthy(), server.sessions().count()));
                }
            }
            default -> throw new IllegalArgumentException("listen, dial or both expected, found " + role);
        }
    }

    private static Peer server(String address) {
        return Peer.builder().name("idle-server").listen(address).build().start();
    }

    private static Peer client() {
        return Peer.builder().name("idle-client").build();
    }

    /** Who dialed may be told first. */
    private void awaitOpen(Peer server) {
        Eventually.holds("all sessions are open", () -> server.sessions().count() == expected);
    }

    private void dial(Peer client, String address, int count) {
        for (int i = 0; i < count; i++) {
            dialed.add(client.dial(address));
        }
    }

    private int healthy() {
        return (int) dialed.stream().filter(Session::isHealthy).count();
    }

    private void answer(IntConsumer open, IntSupplier healthy) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            int count = Integer.parseInt(line);
            expected += count;
            open.accept(count);
            System.out.println(HEALTHY + healthy.getAsInt());
            System.out.println(HOLDS + Footprint.now().line());
        }
    }
}
