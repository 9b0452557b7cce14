package io.teleport.plugin.heartbeat;

/** The rate in the metadata of a heartbeat. */
final class AnnouncedRate {

    /** Not a number, or a negative one. */
    static final long INVALID = -1;

    /** Longer ones, which nobody means, count as this one: about a hundred years. */
    private static final long LONGEST = 36_500L * 24 * 60 * 60;

    private AnnouncedRate() {}

    /** Whole seconds; 0 if none are announced. */
    static long seconds(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        try {
            long seconds = Long.parseLong(text);
            return seconds < 0 ? INVALID : Math.min(seconds, LONGEST);
        } catch (NumberFormatException e) {
            return INVALID;
        }
    }
}
