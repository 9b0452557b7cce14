package io.teleport.session;

import java.time.Duration;

/**
 * Whether and how a dialed session is dialed again when its connection ends. Immutable.
 *
 * <p>A round tries each address once. The first round begins at once, each further one after a delay.
 *
 * @param rounds rounds after the first that fails, as Go's {@code redial_times}; 0 for none, below 0 without limit
 * @param delay how long to wait before each of them
 * @param whileRedialing what becomes of calls and pushes that are made meanwhile
 */
public record RedialPolicy(int rounds, RedialDelay delay, WhileRedialing whileRedialing) {

    /** The bound of the first delay of {@link #standard()}. */
    public static final Duration FIRST_DELAY = Duration.ofMillis(100);

    /** The bound of every delay of {@link #standard()}. */
    public static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

    /** Without limit, exponential with full jitter from 100 ms to 10 s; what is sent meanwhile waits. */
    public static RedialPolicy standard() {
        return new RedialPolicy(-1, RedialDelay.exponential(FIRST_DELAY, LONGEST_DELAY), WhileRedialing.WAIT);
    }

    /** As Go does: a limited number of rounds (below 0 without limit), each after the same time. */
    public static RedialPolicy asInGo(int redialTimes, Duration redialInterval) {
        return new RedialPolicy(redialTimes, RedialDelay.fixed(redialInterval), WhileRedialing.WAIT);
    }

    /** The same with another number of rounds. */
    public RedialPolicy withRounds(int newRounds) {
        return new RedialPolicy(newRounds, delay, whileRedialing);
    }

    /** The same with another delay. */
    public RedialPolicy withDelay(RedialDelay newDelay) {
        return new RedialPolicy(rounds, newDelay, whileRedialing);
    }

    /** The same with another answer to calls and pushes meanwhile. */
    public RedialPolicy whileRedialing(WhileRedialing newBehaviour) {
        return new RedialPolicy(rounds, delay, newBehaviour);
    }

    boolean isLast(int failedRounds) {
        return rounds >= 0 && failedRounds > rounds;
    }
}
