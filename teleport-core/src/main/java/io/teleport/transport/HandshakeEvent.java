package io.teleport.transport;

/** Tells those behind in the pipeline how the handshake of a transport ended. */
public sealed interface HandshakeEvent {

    /** Messages may flow; or, to a layer above the transport that fires it, its own handshake may begin (see {@link LayeredTransport}). */
    record Done() implements HandshakeEvent {}

    /**
     * They never will; the connection is to be closed.
     *
     * @param problem what was found and what was expected, for operators and for whoever dialed
     */
    record Failed(String problem) implements HandshakeEvent {}
}
