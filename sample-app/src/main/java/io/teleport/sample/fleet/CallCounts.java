package io.teleport.sample.fleet;

import java.util.Map;
import java.util.TreeMap;

/** What became of all calls of the fleet since its start. Thread-safe. */
final class CallCounts {

    /**
     * At one moment.
     *
     * @param wrong answered with something else than expected
     * @param failed how many by their status
     */
    record Snapshot(long made, long answered, long wrong, Map<String, Long> failed) {

        long underWay() {
            return made
                    - answered
                    - wrong
                    - failed.values().stream().mapToLong(Long::longValue).sum();
        }

        @Override
        public String toString() {
            return "%d made: %d answered, %d answered wrongly, failed %s, %d under way"
                    .formatted(made, answered, wrong, failed.isEmpty() ? "none" : failed, underWay());
        }
    }

    private long made;

    private long answered;

    private long wrong;

    private final Map<String, Long> failed = new TreeMap<>();

    synchronized void made() {
        made++;
    }

    synchronized void answered(boolean asExpected) {
        if (asExpected) {
            answered++;
        } else {
            wrong++;
        }
    }

    synchronized void failed(String how) {
        failed.merge(how, 1L, Long::sum);
    }

    synchronized Snapshot snapshot() {
        return new Snapshot(made, answered, wrong, new TreeMap<>(failed));
    }
}
