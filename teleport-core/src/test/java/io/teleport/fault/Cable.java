package io.teleport.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A network of two machines, of which the second is a network namespace of Linux. Pulled, it loses every packet both ways without telling anybody: each
 * end is made to send to a hardware address that nobody has. Needs root and {@code ip}.
 */
final class Cable implements AutoCloseable {

    private static final String NOBODY = "02:00:00:00:00:99";

    private final String namespace = "teleport-" + ProcessHandle.current().pid();

    private final String near = "tpn" + ProcessHandle.current().pid() % 1_000_000;

    private final String far = "tpf" + ProcessHandle.current().pid() % 1_000_000;

    private final String subnet = "10.213." + ProcessHandle.current().pid() % 250 + ".";

    private final boolean laid;

    /** Lays it, if this is allowed here. */
    Cable() {
        laid = run("ip", "netns", "add", namespace)
                && run("ip", "link", "add", near, "type", "veth", "peer", "name", far)
                && run("ip", "link", "set", far, "netns", namespace)
                && run("ip", "addr", "add", subnet + "1/30", "dev", near)
                && run("ip", "link", "set", near, "up")
                && there("ip", "addr", "add", subnet + "2/30", "dev", far)
                && there("ip", "link", "set", far, "up");
    }

    /** False if this machine does not allow it. */
    boolean isLaid() {
        return laid;
    }

    String farHost() {
        return subnet + "2";
    }

    /** What runs a program at the far end. */
    List<String> atFarEnd() {
        return List.of("ip", "netns", "exec", namespace);
    }

    void pull() {
        assertThat(run("ip", "neigh", "replace", subnet + "2", "lladdr", NOBODY, "dev", near, "nud", "permanent"))
                .isTrue();
        assertThat(there("ip", "neigh", "replace", subnet + "1", "lladdr", NOBODY, "dev", far, "nud", "permanent"))
                .isTrue();
    }

    void plugInAgain() {
        assertThat(run("ip", "neigh", "del", subnet + "2", "dev", near)).isTrue();
        assertThat(there("ip", "neigh", "del", subnet + "1", "dev", far)).isTrue();
    }

    private boolean there(String... command) {
        List<String> all = new ArrayList<>(atFarEnd());
        all.addAll(List.of(command));
        return run(all.toArray(String[]::new));
    }

    private static boolean run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean done = process.onExit().join().exitValue() == 0;
            if (!done) {
                System.out.println(String.join(" ", command) + ": " + said);
            }
            return done;
        } catch (IOException e) {
            System.out.println(e.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        run("ip", "netns", "del", namespace);
        run("ip", "link", "del", near);
    }
}
