package io.teleport.soak;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The {@link SoakServer} in a JVM of its own, with the options of this one. */
final class ServerProcess implements AutoCloseable {

    private static final long END_MINUTES = 2;

    private final Process process;

    private final PrintWriter out;

    private final BufferedReader in;

    private final Map<Door, Integer> ports = new EnumMap<>(Door.class);

    ServerProcess(Settings settings) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SoakServer.class.getName()));
        command.addAll(settings.arguments());
        process = new ProcessBuilder(command)
                .redirectError(new File(settings.folder().toFile(), "server.log"))
                .start();
        out = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        in = process.inputReader(StandardCharsets.UTF_8);
        for (String door : read().split(",", -1)) {
            String[] nameAndPort = door.split("=", 2);
            ports.put(Door.valueOf(nameAndPort[0]), Integer.valueOf(nameAndPort[1]));
        }
    }

    int port(Door door) {
        return ports.get(door);
    }

    String ask(String command) throws IOException {
        out.println(command);
        return read();
    }

    private String read() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new EOFException("the server has ended; see server.log");
        }
        return line;
    }

    /**
     * Waits while the server is at work.
     *
     * @throws EOFException as soon as its process ends, which is too early
     */
    void awaitWork(long nanos) throws EOFException, InterruptedException {
        if (process.waitFor(nanos, TimeUnit.NANOSECONDS)) {
            throw new EOFException("the server has ended with exit code " + process.exitValue() + "; see server.log");
        }
    }

    /** Whether its process ends by itself in time, and without an error. */
    boolean endsWell() throws InterruptedException {
        return process.waitFor(END_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
