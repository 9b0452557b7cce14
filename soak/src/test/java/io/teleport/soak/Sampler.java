package io.teleport.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.util.internal.PlatformDependent;
import io.teleport.testing.GarbageCollection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Writes down now and then what this process holds after its garbage was collected. */
final class Sampler {

    /**
     * A line of the file, in this order.
     *
     * @param seconds since the start
     * @param heap bytes
     * @param direct bytes
     * @param threads but for those of pools
     * @param poolThreads those that peers have for handlers and completions; as many as there was to do at one time, up to a limit
     * @param files that are open
     */
    record Sample(double seconds, long heap, long direct, long threads, long poolThreads, long files) {

        private static Sample parse(String line) {
            List<String> parts = List.of(line.split(",", -1));
            return new Sample(
                    Double.parseDouble(parts.get(0)),
                    Long.parseLong(parts.get(1)),
                    Long.parseLong(parts.get(2)),
                    Long.parseLong(parts.get(3)),
                    Long.parseLong(parts.get(4)),
                    Long.parseLong(parts.get(5)));
        }

        private String line() {
            return seconds + "," + heap + "," + direct + "," + threads + "," + poolThreads + "," + files;
        }
    }

    private static final Pattern POOL = Pattern.compile("-(handler|completion)-");

    private final Path file;

    private final ScheduledFuture<?> schedule;

    private final long startedNanos = System.nanoTime();

    private final List<String> lines = new ArrayList<>();

    Sampler(Path file, long intervalMillis, ScheduledExecutorService timer) {
        this.file = file;
        this.schedule = timer.scheduleAtFixedRate(this::sample, intervalMillis, intervalMillis, TimeUnit.MILLISECONDS);
    }

    private synchronized void sample() {
        GarbageCollection.complete();
        List<String> names = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .toList();
        long ofPools = names.stream().filter(POOL.asPredicate()).count();
        Sample sample = new Sample(
                (System.nanoTime() - startedNanos) / 1e9,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                direct(),
                names.size() - ofPools,
                ofPools,
                files());
        lines.add(sample.line());
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Netty's own, which the JVM does not count, and the JVM's. */
    private static long direct() {
        return PlatformDependent.usedDirectMemory()
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }

    private static long files() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : 0;
    }

    /** An unfinished sample is waited for. */
    synchronized void stop() {
        schedule.cancel(false);
    }

    static List<Sample> read(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(Sample::parse).toList();
    }
}
