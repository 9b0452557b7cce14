package io.teleport.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program of the tests in a JVM of its own. It says what it does line by line, and ends when its standard input does. */
public final class ChildProcess implements AutoCloseable {

    private final Process process;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    /** Those that were waited for or passed over. */
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    /**
     * @param command what the JVM is started by, such as a shell that sets a limit; empty for nothing
     * @param program with a main method
     */
    public ChildProcess(List<String> command, Class<?> program, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                program.getName()));
        all.addAll(List.of(arguments));
        process = new ProcessBuilder(all).redirectErrorStream(true).start();
        Thread reading = new Thread(this::read, "child-output");
        reading.setDaemon(true);
        reading.start();
    }

    /** @param program with a main method */
    public ChildProcess(Class<?> program, String... arguments) throws IOException {
        this(List.of(), program, arguments);
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("lost the child: " + e);
        }
    }

    /** Waits for the next line that holds this text, and gives what is behind it. */
    public String awaitLine(String text) throws InterruptedException {
        for (String line = next(text); ; line = next(text)) {
            int at = line.indexOf(text);
            if (at >= 0) {
                return line.substring(at + text.length());
            }
        }
    }

    private String next(String text) throws InterruptedException {
        String line = lines.poll(120, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("the child never said '" + text + "', but " + seen);
        }
        seen.add(line);
        return line;
    }

    /** How many of the lines so far hold this text. */
    public long said(String text) {
        lines.drainTo(seen);
        return seen.stream().filter(line -> line.contains(text)).count();
    }

    /** Ends it at once, as if its machine had failed; the system closes its connections. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Writes a line to its standard input. */
    public void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Lets it end, and gives its exit code: that of a killed process if it does not. */
    public int end() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new InterruptedIOException("interrupted while the child was to end");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        end();
    }

    /** In the child: returns when it is to end. */
    public static void awaitEnd() throws IOException {
        System.in.readAllBytes();
    }
}
