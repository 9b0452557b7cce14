package io.teleport.simulation;

/** A schedule that violated a guarantee, with all that is needed to see it again. */
final class FailedSchedule extends AssertionError {

    private static final long serialVersionUID = 1L;

    private static final int LINES = 400;

    FailedSchedule(long seed, History history, Throwable why) {
        super(
                "Seed " + seed + ": " + why + "\nReplay: mvn -pl teleport-core test -Dtest=SimulationTests"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dteleport.simulation.seed=" + seed
                        + "\nThe last " + LINES + " lines of its history (microseconds, event):\n"
                        + history.tail(LINES),
                why);
    }
}
