package io.teleport.boot.lifecycle;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Lets the readiness of the application go down before its peers stop to accept connections, so that whoever distributes them has the time to look
 * elsewhere.
 */
public final class RefusingTraffic implements SmartLifecycle {

    /** Stops before the peers that listen. */
    public static final int PHASE = PeerLifecycle.LISTENING_PHASE + 256;

    private static final Logger log = LoggerFactory.getLogger(RefusingTraffic.class);

    private final Duration delay;

    private final ApplicationContext context;

    private final BiConsumer<Duration, Runnable> timer;

    private volatile boolean running;

    /**
     * @param delay from then on to the next phase of the shutdown
     * @param stopLimit how long a shutdown phase may take
     * @throws IllegalArgumentException if the delay is negative or longer than that
     */
    public RefusingTraffic(Duration delay, Duration stopLimit, ApplicationContext context) {
        this(delay, stopLimit, context, RefusingTraffic::later);
    }

    RefusingTraffic(
            Duration delay, Duration stopLimit, ApplicationContext context, BiConsumer<Duration, Runnable> timer) {
        if (delay.isNegative() || delay.compareTo(stopLimit) >= 0) {
            throw new IllegalArgumentException("teleport.shutdown.delay is " + delay
                    + " (expected zero or more, and less than spring.lifecycle.timeout-per-shutdown-phase, which is "
                    + stopLimit + ")");
        }
        this.delay = delay;
        this.context = context;
        this.timer = timer;
    }

    private static void later(Duration delay, Runnable task) {
        CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS).execute(task);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
    }

    @Override
    public void stop(Runnable callback) {
        stop();
        if (delay.isZero()) {
            callback.run();
        } else {
            log.info("Refusing traffic; peers accept connections for another {}", delay);
            timer.accept(delay, callback);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** While the context only pauses, peers go on. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
