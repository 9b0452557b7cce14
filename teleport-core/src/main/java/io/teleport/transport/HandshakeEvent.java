package io.teleport.transport;

import java.util.Map;

/** Tells those behind in the pipeline how the handshake of a transport ended. */
public sealed interface HandshakeEvent {

    /**
     * Messages may flow; or, to a layer above the transport that fires it, its own handshake may begin (see {@link LayeredTransport}).
     *
     * @param attributes what the session begins its attributes with
     */
    record Done(Map<String, Object> attributes) implements HandshakeEvent {

        public Done {
            attributes = Map.copyOf(attributes);
        }

        /** Without attributes. */
        public Done() {
            this(Map.of());
        }
    }

    /**
     * They never will; the connection is to be closed.
     *
     * @param problem what was found and what was expected, for operators and for whoever dialed
     */
    record Failed(String problem) implements HandshakeEvent {}

    /**
     * They never will, and were not wanted: the connection was for something else, which was served. It is to be closed.
     *
     * @param what what was served, for operators
     */
    record Served(String what) implements HandshakeEvent {}
}
