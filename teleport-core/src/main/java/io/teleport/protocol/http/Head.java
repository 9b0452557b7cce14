package io.teleport.protocol.http;

import io.teleport.message.Metadata;
import io.teleport.message.WireText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The first line and the headers of a message, taken line by line. */
final class Head {

    /** Stands for more than one content type. */
    private static final String SEVERAL = ",";

    private final StartLine start;

    /** Every header but those that {@link FieldNames#isReserved} names, with its key as metadata. */
    private final List<Metadata.Entry> fields = new ArrayList<>();

    private @Nullable String contentLength;

    private @Nullable String contentType;

    private @Nullable String contentEncoding;

    private @Nullable String transferEncoding;

    private @Nullable String filterName;

    private @Nullable String sequence;

    private @Nullable String type;

    private @Nullable String accept;

    private boolean acceptsGzip;

    private boolean asksToClose;

    private boolean asksToStay;

    private @Nullable String expect;

    private boolean hasNul;

    Head(StartLine start) {
        this.start = start;
    }

    StartLine start() {
        return start;
    }

    /** @param line a header without its line end, as bytes in characters */
    void add(String line) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw Refusal.BAD_REQUEST.because("header " + Refusal.quote(line) + " has no colon");
        }
        String name = line.substring(0, colon);
        if (!FieldNames.isToken(name)) {
            throw Refusal.BAD_REQUEST.because(Refusal.quote(name) + " is no name of a header");
        }
        hasNul |= line.indexOf('\0') >= 0;
        byte[] value = Blanks.trim(line, colon + 1).getBytes(StandardCharsets.ISO_8859_1);
        take(FieldNames.canonical(name), WireText.decode(value, 0, value.length));
    }

    private void take(String name, String value) {
        switch (name) {
            case "Content-Length" -> contentLength = once(name, contentLength, value);
            case "Content-Type" -> contentType = once(name, contentType, value);
            case "Transfer-Encoding" -> transferEncoding = once(name, transferEncoding, value);
            case "X-Content-Encoding" -> filterName = once(name, filterName, value);
            case "X-Seq" -> sequence = once(name, sequence, value);
            case "X-Mtype" -> type = once(name, type, value);
            case "Expect" -> expect = once(name, expect, value);
            case "Connection" -> {
                for (String option : value.split(",", -1)) {
                    String asked = option.strip().toLowerCase(Locale.ROOT);
                    asksToClose |= asked.equals("close");
                    asksToStay |= asked.equals("keep-alive");
                }
            }
            case "Trailer", "Upgrade" -> {
                // Trailers are dropped, and there is nothing to upgrade to.
            }
            case "Content-Encoding" -> {
                contentEncoding = once(name, contentEncoding, value);
                fields.add(new Metadata.Entry(name, value));
            }
            case "Accept" -> {
                accept = accept == null ? value : SEVERAL;
                fields.add(new Metadata.Entry(name, value));
            }
            case "Accept-Encoding" -> {
                acceptsGzip |= value.toLowerCase(Locale.ROOT).contains("gzip");
                fields.add(new Metadata.Entry(name, value));
            }
            default -> fields.add(new Metadata.Entry(FieldNames.key(name), value));
        }
    }

    private static String once(String name, @Nullable String earlier, String value) {
        if (earlier != null) {
            throw Refusal.BAD_REQUEST.because(name + " is there twice");
        }
        return value;
    }

    /** Whether it comes from a Teleport peer, which matches answers by their number, and not from any HTTP client. */
    boolean isTeleport() {
        return sequence != null;
    }

    /** After the last header: refuses what only Go Teleport may send, and what nobody may. */
    void check() {
        if (!isTeleport() && !start.isResponse()) {
            if (start.isLoose()) {
                throw Refusal.BAD_REQUEST.because("the first line has more than two spaces");
            }
            if (hasNul) {
                throw Refusal.BAD_REQUEST.because("a header holds a NUL");
            }
        }
        if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
            throw Refusal.EXPECTATION_FAILED.because("nobody here knows what " + Refusal.quote(expect) + " expects");
        }
    }

    boolean expectsContinue() {
        return expect != null && !start.isHttp10();
    }

    boolean isChunked() {
        if (transferEncoding == null) {
            return false;
        }
        if (contentLength != null || start.isHttp10()) {
            throw Refusal.BAD_REQUEST.because(
                    contentLength == null
                            ? "HTTP/1.0 has no Transfer-Encoding"
                            : "both Transfer-Encoding and Content-Length say where the body ends");
        }
        if (!transferEncoding.equalsIgnoreCase("chunked")) {
            throw Refusal.NOT_IMPLEMENTED.because(
                    "transfer coding " + Refusal.quote(transferEncoding) + " is unknown (expected chunked)");
        }
        return true;
    }

    /** Bytes of a body that is not chunked; numbers beyond any limit come as one. */
    long contentLength() {
        String text = contentLength;
        if (text == null) {
            return 0;
        }
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw Refusal.BAD_REQUEST.because("Content-Length " + Refusal.quote(text) + " is no number of bytes");
        }
        return Numbers.parse(text, 10);
    }

    boolean closes() {
        return asksToClose || (start.isHttp10() && !asksToStay);
    }

    int sequence() {
        return sequence == null ? 0 : Numbers.parseInt("X-Seq", sequence);
    }

    int type(int absent) {
        return type == null ? absent : Numbers.parseInt("X-Mtype", type);
    }

    String contentType() {
        return contentType == null ? "" : contentType;
    }

    String contentEncoding() {
        return contentEncoding == null ? "" : contentEncoding.toLowerCase(Locale.ROOT);
    }

    @Nullable
    String filterName() {
        return filterName;
    }

    /** The one content type that the answer should have; empty if there is no or more than one. */
    String accept() {
        return accept == null || accept.indexOf(',') >= 0 ? "" : accept;
    }

    boolean acceptsGzip() {
        return acceptsGzip;
    }

    /** The query, and the headers behind it; a header takes the place of the first pair of the query that has its key. */
    Metadata metadata() {
        List<Metadata.Entry> ofQuery = Metadata.parse(start.query()).entries();
        Set<String> keys = ofQuery.stream().map(Metadata.Entry::key).collect(Collectors.toSet());
        Map<String, String> instead = new HashMap<>();
        List<Metadata.Entry> behind = new ArrayList<>();
        for (Metadata.Entry field : fields) {
            if (keys.contains(field.key())) {
                instead.put(field.key(), field.value());
            } else {
                behind.add(field);
            }
        }
        Metadata.Builder all = Metadata.builder();
        for (Metadata.Entry pair : ofQuery) {
            String header = instead.remove(pair.key());
            all.add(pair.key(), header == null ? pair.value() : header);
        }
        for (Metadata.Entry field : behind) {
            all.add(field.key(), field.value());
        }
        return all.build();
    }
}
