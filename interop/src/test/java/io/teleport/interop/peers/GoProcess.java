package io.teleport.interop.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** A running Go peer: its events come in, commands go out. */
final class GoProcess implements AutoCloseable {

    private static final int LOG_LINES = 50;

    private final Process process;

    private final Mailbox<JsonNode> events = new Mailbox<>();

    private final Deque<String> log = new ArrayDeque<>();

    private final List<Thread> readers = new ArrayList<>();

    private final Writer commands;

    private GoProcess(Process process) {
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        read("stdout", process.getInputStream(), line -> events.add(GoJson.parse(line)));
        read("stderr", process.getErrorStream(), this::keep);
    }

    /** @param wire gives the flags that both roles have */
    static GoProcess start(String role, Wire wire, String... arguments) {
        List<String> line = new ArrayList<>(List.of(GoBinary.path().toString(), role));
        line.addAll(wire.carrier().goFlags(role.equals("server")));
        line.addAll(List.of("--proto", wire.carrier().goProtocol(wire.protocol()), "--codec", wire.codec()));
        line.addAll(List.of(arguments));
        try {
            return new GoProcess(new ProcessBuilder(line).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String name, InputStream stream, Consumer<String> lines) {
        Thread reader = new Thread(() -> readAll(name, stream, lines), "go-peer-" + process.pid() + "-" + name);
        reader.setDaemon(true);
        reader.start();
        readers.add(reader);
    }

    private void readAll(String name, InputStream stream, Consumer<String> lines) {
        String end = "its " + name + " ended";
        try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            in.lines().forEach(lines);
        } catch (IOException | RuntimeException e) {
            end = "its " + name + " could not be read: " + e;
        }
        if (name.equals("stdout")) {
            events.end(end + ", log: " + log());
        }
    }

    private void keep(String line) {
        synchronized (log) {
            log.addLast(line);
            if (log.size() > LOG_LINES) {
                log.removeFirst();
            }
        }
    }

    private String log() {
        synchronized (log) {
            return String.join("\n", log);
        }
    }

    /** Waits for an event of this name and content; events that do not match are kept for others. */
    JsonNode awaitEvent(String name, Predicate<JsonNode> wanted) {
        return events.await(
                "event " + name, event -> event.path("event").asString().equals(name) && wanted.test(event));
    }

    JsonNode awaitEvent(String name) {
        return awaitEvent(name, event -> true);
    }

    /** The events of this name that have come and were not waited for. */
    List<JsonNode> takeEvents(String name) {
        return events.takeAll(event -> event.path("event").asString().equals(name));
    }

    void send(Map<String, ?> command) {
        try {
            synchronized (commands) {
                commands.write(GoJson.write(command) + "\n");
                commands.flush();
            }
        } catch (IOException e) {
            throw new AssertionError("The Go peer takes no commands any more; log: " + log(), e);
        }
    }

    /** Waits until it has ended by itself, with success. */
    void awaitSuccess() {
        try {
            if (!process.waitFor(Mailbox.LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("The Go peer did not end within " + Mailbox.LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for the Go peer to end", e);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("The Go peer ended with code " + process.exitValue() + "; log: " + log());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            for (Thread reader : readers) {
                reader.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
