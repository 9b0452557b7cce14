package io.teleport.peer;

import io.netty.util.internal.PlatformDependent;
import io.teleport.testing.GarbageCollection;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * What this process holds, its garbage collected.
 *
 * @param heap bytes
 * @param direct bytes outside the heap: Netty's own, and those of the JVM's buffers
 * @param threads but for those of pools, which follow what happens at one moment and have a limit of their own
 */
record Footprint(long heap, long direct, int threads) {

    static Footprint now() {
        GarbageCollection.complete();
        return new Footprint(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                PlatformDependent.usedDirectMemory()
                        + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                                .filter(pool -> pool.getName().equals("direct"))
                                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                                .sum(),
                (int) Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !thread.getName().contains("-completion-"))
                        .count());
    }

    /** From one process to another. */
    static Footprint parse(String line) {
        List<String> parts = List.of(line.split(",", -1));
        return new Footprint(
                Long.parseLong(parts.get(0)), Long.parseLong(parts.get(1)), Integer.parseInt(parts.get(2)));
    }

    String line() {
        return heap + "," + direct + "," + threads;
    }
}
