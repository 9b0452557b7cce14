package io.teleport.soak;

/**
 * A body.
 *
 * @param id of the call or push in the ledger of whoever sends it
 * @param previous id of the ordered push before, 0 for none
 * @param stream number of the sequence of ordered pushes
 * @param millis how long a handler takes that takes its time
 */
record Load(int id, int previous, int stream, int millis, String text) {

    static Load of(int id, String text) {
        return new Load(id, 0, 0, 0, text);
    }
}
