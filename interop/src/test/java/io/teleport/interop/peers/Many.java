package io.teleport.interop.peers;

import java.util.List;

/**
 * What calls made all at once came to.
 *
 * @param right calls with the right result
 * @param wrong what was wrong with each other
 */
public record Many(int right, List<String> wrong) {

    /** What the calls do. */
    public enum Kind {
        /** Sum different numbers. */
        SUM,
        /** Get a number back, after as many milliseconds. */
        NUMBER,
        /** Get different bytes back. */
        BYTES
    }
}
