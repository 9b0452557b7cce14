package io.teleport.transport.websocket;

/** The other side broke a rule of the framing. */
final class FrameViolation extends Exception {

    private static final long serialVersionUID = 1L;

    private final int code;

    /** @param code close code that belongs to the rule */
    FrameViolation(int code, String text) {
        // Where it was found says nothing that the text does not, and hostile peers can cause many of these.
        super(text, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }
}
