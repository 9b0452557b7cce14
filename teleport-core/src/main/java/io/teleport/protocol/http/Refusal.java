package io.teleport.protocol.http;

import io.teleport.protocol.MessageTooLargeException;
import io.teleport.protocol.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The answers to what is no request of this protocol. After each of them the connection closes. */
enum Refusal {
    BAD_REQUEST(400, "Bad Request"),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
    CONTENT_TOO_LARGE(413, "Content Too Large"),
    URI_TOO_LONG(414, "URI Too Long"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type"),
    EXPECTATION_FAILED(417, "Expectation Failed"),
    HEADERS_TOO_LARGE(431, "Request Header Fields Too Large"),
    NOT_IMPLEMENTED(501, "Not Implemented"),
    VERSION_NOT_SUPPORTED(505, "HTTP Version Not Supported");

    private final int code;

    private final String reason;

    Refusal(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    /** @param detail what was found and what was expected; {@link #quote} what comes from the other side */
    ProtocolException because(String detail) {
        return because(detail, true);
    }

    /** @param withText whether the answer may have a body: none has one to a HEAD request */
    ProtocolException because(String detail, boolean withText) {
        String message = "http: " + detail;
        byte[] lastWords = response(message, withText);
        return switch (this) {
            case CONTENT_TOO_LARGE, URI_TOO_LONG, HEADERS_TOO_LARGE ->
                new MessageTooLargeException(message, null, lastWords);
            default -> new ProtocolException(message, null, lastWords);
        };
    }

    private byte[] response(String message, boolean withText) {
        byte[] text = (message + '\n').getBytes(StandardCharsets.US_ASCII);
        byte[] head = ("HTTP/1.1 " + code + ' ' + reason + "\r\n"
                        + (this == METHOD_NOT_ALLOWED ? "Allow: GET, POST\r\n" : "")
                        + "Connection: close\r\nContent-Length: " + text.length
                        + "\r\nContent-Type: text/plain;charset=utf-8\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        if (!withText) {
            return head;
        }
        byte[] whole = Arrays.copyOf(head, head.length + text.length);
        System.arraycopy(text, 0, whole, head.length, text.length);
        return whole;
    }

    /** The same refusal with an answer, also where those who found what is wrong know nothing of HTTP. */
    static ProtocolException answered(ProtocolException refusal) {
        if (refusal.lastWords().length > 0) {
            return refusal;
        }
        String message = String.valueOf(refusal.getMessage());
        return refusal instanceof MessageTooLargeException
                ? new MessageTooLargeException(message, refusal, CONTENT_TOO_LARGE.response(message, true))
                : new ProtocolException(message, refusal, BAD_REQUEST.response(message, true));
    }

    /** The same refusal without an answer, for one that was no request. */
    static ProtocolException silent(ProtocolException refusal) {
        String message = String.valueOf(refusal.getMessage());
        return refusal instanceof MessageTooLargeException
                ? new MessageTooLargeException(message, null)
                : new ProtocolException(message);
    }

    /** Text of the other side as it may be shown: short, and nothing but plain characters. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("'");
        for (int i = 0; i < text.length() && i < 40; i++) {
            char c = text.charAt(i);
            quoted.append(c >= 0x20 && c < 0x7f ? c : '?');
        }
        return quoted.append(text.length() > 40 ? "...'" : "'").toString();
    }
}
