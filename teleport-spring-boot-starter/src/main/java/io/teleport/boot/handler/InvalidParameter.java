package io.teleport.boot.handler;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import tools.jackson.core.io.JsonStringEncoder;

/** The status of an argument that breaks a rule, in the form of Go's binder. */
final class InvalidParameter {

    private InvalidParameter() {}

    /** 400 "Invalid Parameter"; the cause has exactly this spacing. */
    static StatusException of(String handler, String param, String reason) {
        String cause = "{\"handler\": " + quoted(handler) + ", \"param\": " + quoted(param) + ", \"reason\": "
                + quoted(reason) + "}";
        return StatusException.withoutStackTrace(Status.of(StatusCode.BAD_MESSAGE, "Invalid Parameter", cause));
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }
}
