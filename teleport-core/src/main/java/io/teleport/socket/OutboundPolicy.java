package io.teleport.socket;

/**
 * What becomes of a write for which the outbound queue of its session has no room, because the other side takes messages more slowly than this side
 * writes them. Short answers that tell why there is no more have some room of their own in every case.
 */
public enum OutboundPolicy {
    /** The write is refused at once with 104. */
    REFUSE,
    /**
     * The caller waits for room, in order of arrival, up to the timeout of its call or push, for replies up to the call timeout of the peer; then it is
     * refused with 104. It keeps its packed message meanwhile. On an event loop it is refused at once. Closing sets all who wait free with 102.
     */
    BLOCK,
    /**
     * The oldest PUSH messages that still wait make room. They are not sent, are told so with 104, and are counted. Calls and replies are never
     * dropped; a write for which even all waiting pushes would not make room is refused with 104.
     */
    DROP_OLDEST_PUSH,
    /** The connection is closed at once with reason OVERLOADED; this write and those that wait get 102. */
    CLOSE_SLOW
}
