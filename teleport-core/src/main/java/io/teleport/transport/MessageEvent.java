package io.teleport.transport;

/** What a transport that keeps messages apart tells of while messages flow; fired through the pipeline. */
public sealed interface MessageEvent {

    /**
     * After a read: a message has begun and is not whole yet. The time in which it must be runs from the first of these; a message that arrives
     * whole ends it.
     *
     * @param bytes how many bytes of it have arrived; 0 if it has ended as no message
     */
    record Partial(int bytes) implements MessageEvent {}

    /**
     * The other side has taken its leave. The connection is to be closed.
     *
     * @param text its reason, for people; empty if there is nothing to say
     */
    record Left(String text) implements MessageEvent {}
}
