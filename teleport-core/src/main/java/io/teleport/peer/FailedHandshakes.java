package io.teleport.peer;

import io.teleport.socket.CloseCause;
import io.teleport.socket.GuardedSocket;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of connections that others made and that failed before they had a session. All of them are in the list of closed sockets; the log has the first
 * at INFO and then one a minute at the most, so that whoever scans a port does not fill it. Thread-safe.
 */
final class FailedHandshakes {

    private static final Logger log = LoggerFactory.getLogger(FailedHandshakes.class);

    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private boolean told;

    private long lastTold;

    private long untold;

    void add(GuardedSocket socket, CloseCause cause) {
        long meanwhile = toTell(System.nanoTime());
        if (meanwhile < 0) {
            log.debug("{}: {}", socket, cause);
        } else if (meanwhile == 0) {
            log.info("{}: {}", socket, cause);
        } else {
            log.info("{}: {} ({} more in the meantime were logged at DEBUG)", socket, cause, meanwhile);
        }
    }

    /** How many were not told since the last that was; -1 if it is too early to tell of this one. */
    synchronized long toTell(long now) {
        if (told && now - lastTold < QUIET_NANOS) {
            untold++;
            return -1;
        }
        long meanwhile = untold;
        told = true;
        lastTold = now;
        untold = 0;
        return meanwhile;
    }
}
