package io.teleport.transport.websocket;

import java.util.Map;

/** The answer to a request to open a WebSocket. */
public sealed interface UpgradeAnswer {

    /**
     * It is opened.
     *
     * @param attributes what the session begins its attributes with, such as who this is; hooks and handlers find it there. Nothing else is kept of the
     *     request
     */
    record Allowed(Map<String, Object> attributes) implements UpgradeAnswer {

        public Allowed {
            attributes = Map.copyOf(attributes);
        }
    }

    /**
     * It is not. A Go peer shows its caller "bad status", whatever the code.
     *
     * @param status HTTP status code, 401 or 403 as a rule
     * @param text one line for the other side
     */
    record Refused(int status, String text) implements UpgradeAnswer {

        public Refused {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("HTTP status of a refusal is " + status + " (expected 400 to 599)");
            }
        }
    }

    static UpgradeAnswer allow() {
        return new Allowed(Map.of());
    }

    static UpgradeAnswer allow(Map<String, Object> attributes) {
        return new Allowed(attributes);
    }

    static UpgradeAnswer refuse(int status, String text) {
        return new Refused(status, text);
    }
}
