package io.teleport.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/** How much memory this thread takes, whether or not it is garbage at once. */
public final class AllocatedBytes {

    private AllocatedBytes() {}

    /** Of this thread since it began. */
    public static long now() {
        return ManagementFactory.getPlatformMXBean(ThreadMXBean.class).getCurrentThreadAllocatedBytes();
    }

    /** Of a piece of code when it is run for the second time. */
    public static long of(Callable<?> code) throws Exception {
        code.call();
        long before = now();
        code.call();
        return now() - before;
    }
}
