package io.teleport.message;

/**
 * The kind of a message, one byte on the wire. The numbers are those of Go Teleport v7.
 */
public enum MessageType {
    /** Any number this protocol does not know; a running session that receives one is closed. */
    UNDEFINED(0, "Undefined"),
    /** A request that is answered with a {@link #REPLY} of the same sequence number. */
    CALL(1, "CALL"),
    /** The answer to a {@link #CALL}. */
    REPLY(2, "REPLY"),
    /** A one-way message; nothing comes back. */
    PUSH(3, "PUSH"),
    /** The first message of a dialing side that authenticates itself; legal only before the session runs. */
    AUTH_CALL(4, "AUTH_CALL"),
    /** The answer to an {@link #AUTH_CALL}; legal only before the session runs. */
    AUTH_REPLY(5, "AUTH_REPLY");

    private static final MessageType[] BY_ID = values();

    private final int id;
    private final String text;

    MessageType(int id, String text) {
        this.id = id;
        this.text = text;
    }

    /** Gives the number on the wire. */
    public int id() {
        return id;
    }

    /** Gives the name as Go prints it in logs and error texts: {@code CALL}, …, or {@code Undefined}. */
    public String text() {
        return text;
    }

    /**
     * Finds the type of a number read from the wire.
     *
     * @return the type, {@link #UNDEFINED} for every number without one
     */
    public static MessageType of(int id) {
        // Constants are declared in the order of their numbers, from 0.
        return id >= 0 && id < BY_ID.length ? BY_ID[id] : UNDEFINED;
    }
}
