package io.teleport.protocol.http;

import io.teleport.message.WireText;
import java.nio.charset.StandardCharsets;

/**
 * The first line of a message.
 *
 * @param status of a response; 0 for a request
 * @param method of a request; empty for a response
 * @param path service method that the request names, its escapes undone
 * @param query behind the path
 * @param isHttp10 whether the version is 1.0, and not a later one
 * @param isLoose whether the target has a space in it, which Go Teleport does not escape
 */
record StartLine(int status, String method, String path, String query, boolean isHttp10, boolean isLoose) {

    private static final String HTTP = "HTTP/";

    /** @param line without its line end, as bytes in characters */
    static StartLine parse(String line) {
        return line.startsWith(HTTP) ? response(line) : request(line);
    }

    private static StartLine response(String line) {
        int space = line.indexOf(' ');
        boolean http10 = isHttp10(space < 0 ? line : line.substring(0, space));
        String code = space < 0 ? "" : line.substring(space + 1);
        if (code.length() < 3 || !code.substring(0, 3).chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw Refusal.BAD_REQUEST.because("response " + Refusal.quote(line) + " has no status code");
        }
        int status = Integer.parseInt(code.substring(0, 3));
        if (status != 200 && status != 299 && status / 100 != 1) {
            throw Refusal.BAD_REQUEST.because(
                    "the other side answered " + Refusal.quote(code) + " (expected 200, or 299 with a status)");
        }
        return new StartLine(status, "", "", "", http10, false);
    }

    private static StartLine request(String line) {
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        if (first <= 0 || last == first) {
            throw Refusal.BAD_REQUEST.because("the first line " + Refusal.quote(line) + " is that of no request");
        }
        String method = line.substring(0, first);
        if (!FieldNames.isToken(method)) {
            throw Refusal.BAD_REQUEST.because(Refusal.quote(method) + " is no method");
        }
        boolean http10 = isHttp10(line.substring(last + 1));
        if (!method.equals("POST") && !method.equals("GET")) {
            throw Refusal.METHOD_NOT_ALLOWED.because(
                    "method " + Refusal.quote(method) + " is not allowed (expected POST or GET)",
                    !method.equals("HEAD"));
        }
        String target = line.substring(first + 1, last);
        if (target.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw Refusal.BAD_REQUEST.because("the target " + Refusal.quote(target) + " holds a control character");
        }
        byte[] bytes = target.getBytes(StandardCharsets.ISO_8859_1);
        ServiceUrl url = ServiceUrl.parse(WireText.decode(bytes, 0, bytes.length));
        if (url == null) {
            throw Refusal.BAD_REQUEST.because("the target " + Refusal.quote(target) + " has a % that escapes nothing");
        }
        return new StartLine(0, method, url.path(), url.query(), http10, target.indexOf(' ') >= 0);
    }

    private static boolean isHttp10(String version) {
        boolean wellFormed = version.length() == 8 && version.startsWith(HTTP) && version.charAt(6) == '.';
        if (!wellFormed || !isDigit(version.charAt(5)) || !isDigit(version.charAt(7))) {
            throw Refusal.BAD_REQUEST.because(Refusal.quote(version) + " is no version of HTTP");
        }
        if (version.charAt(5) != '1') {
            throw Refusal.VERSION_NOT_SUPPORTED.because(
                    "version " + Refusal.quote(version) + " is not spoken here (expected HTTP/1.1 or HTTP/1.0)");
        }
        return version.charAt(7) == '0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Whether it is a response before the response, such as 100 Continue. */
    boolean isInterim() {
        return status / 100 == 1;
    }

    boolean isResponse() {
        return status != 0;
    }
}
