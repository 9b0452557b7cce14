package io.teleport.testing;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** The threads of this process, by name. */
public final class Threads {

    private static final long LIMIT_MILLIS = TimeUnit.SECONDS.toMillis(20);

    private Threads() {}

    /** Names of threads with this prefix that go on; one that is just ending is waited for. */
    public static List<String> thatStay(String prefix) throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith(prefix)) {
                thread.join(LIMIT_MILLIS);
            }
        }
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }
}
