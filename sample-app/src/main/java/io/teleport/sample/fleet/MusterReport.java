package io.teleport.sample.fleet;

import java.time.Duration;
import java.util.List;

/**
 * All are here.
 *
 * @param size of the fleet
 * @param arrived how many had to come, the first time or back
 * @param firstAfter time from the first loss to the first arrival
 * @param allAfter time from the first loss to the last arrival
 * @param longestWait between two attempts of one session
 * @param arrivals how many came in each 100 ms, from the first arrival on
 * @param calls all since the fleet was started
 */
record MusterReport(
        int size,
        int arrived,
        Duration firstAfter,
        Duration allAfter,
        Duration longestWait,
        List<Integer> arrivals,
        CallCounts.Snapshot calls) {

    @Override
    public String toString() {
        return ("%d of %d sessions have come and are logged in: the first after %d ms, the last after %d ms, the longest wait between two attempts was %d ms; "
                        + "arrivals per 100 ms %s; calls %s")
                .formatted(
                        arrived,
                        size,
                        firstAfter.toMillis(),
                        allAfter.toMillis(),
                        longestWait.toMillis(),
                        arrivals,
                        calls);
    }
}
