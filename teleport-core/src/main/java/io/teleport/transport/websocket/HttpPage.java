package io.teleport.transport.websocket;

import java.nio.charset.StandardCharsets;

/** An answer to an HTTP request, held in memory. */
public final class HttpPage {

    private final int status;

    private final String contentType;

    private final byte[] content;

    private HttpPage(int status, String contentType, byte[] content) {
        this.status = status;
        this.contentType = contentType;
        this.content = content;
    }

    /**
     * A page.
     *
     * @param status HTTP status code, such as 200
     * @param contentType such as {@code text/html; charset=utf-8}
     * @param content not to be changed afterwards
     * @throws IllegalArgumentException if the status is none that ends a request
     */
    public static HttpPage of(int status, String contentType, byte[] content) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("HTTP status is " + status + " (expected 200 to 599)");
        }
        return new HttpPage(status, contentType, content);
    }

    /** A page of text. */
    public static HttpPage text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    int status() {
        return status;
    }

    String contentType() {
        return contentType;
    }

    byte[] content() {
        return content;
    }
}
