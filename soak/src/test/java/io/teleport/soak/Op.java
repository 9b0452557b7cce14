package io.teleport.soak;

/** What is sent. */
enum Op {
    ECHO_JSON("/echo/object"),
    ECHO_FORM("/echo/object"),
    ECHO_XML("/echo/object"),
    ECHO_PLAIN("/echo/text"),
    ECHO_BYTES("/echo/bytes"),
    ECHO_PROTOBUF("/echo/protobuf"),
    /** Some 200 KB each way. */
    ECHO_LARGE("/echo/object"),
    /** May be sent again on the next connection. */
    ECHO_IDEMPOTENT("/echo/object"),
    /** Waited for by a thread. */
    ECHO_BLOCKING("/echo/object"),
    /** Answered some time after its handler returned. */
    LATER("/later"),
    /** Whose caller has less patience than its handler. */
    DEADLINE("/later"),
    /** Whose caller loses interest. */
    CANCEL("/later"),
    /** Refused by its handler. */
    DECLINE("/decline"),
    /** Whose handler calls back on the session, and returns a future. */
    BACK("/back"),
    /** The same, with a thread that waits. */
    BACK_BLOCKING("/back/blocking"),
    /** Made by these handlers. */
    NESTED("/echo/object"),
    PUSH("/push"),
    PUSH_ORDERED("/push/ordered"),
    /** Of 32 KB, to a client that does not read at the moment. */
    PUSH_BURST("/push");

    private final String route;

    Op(String route) {
        this.route = route;
    }

    String route() {
        return route;
    }

    boolean isPush() {
        return route.startsWith("/push");
    }

    /** Whether the status may be that of another call, made by the handler. */
    boolean callsBack() {
        return route.startsWith("/back");
    }

    /** Whether it may end so on a connection that nothing happens to. */
    boolean expects(Outcome outcome) {
        return switch (this) {
            case DECLINE -> outcome == Outcome.DECLINED;
            case DEADLINE -> outcome == Outcome.OK || outcome == Outcome.TIMED_OUT || outcome == Outcome.NOT_SENT;
            case CANCEL -> outcome == Outcome.OK || outcome == Outcome.CANCELLED;
            default -> outcome == Outcome.OK;
        };
    }
}
