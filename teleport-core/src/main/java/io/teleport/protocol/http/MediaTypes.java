package io.teleport.protocol.http;

import java.util.Locale;
import java.util.Map;

/** Which codec belongs to a content type. Codecs without one are sent as plain text, as in Go, and arrive as that. */
final class MediaTypes {

    static final int JSON = 'j';

    static final int FORM = 'f';

    /** Not a codec. */
    static final int UNKNOWN = -1;

    private static final int PROTOBUF = 'p';

    private static final int PLAIN = 's';

    private static final int XML = 'x';

    private static final Map<Integer, String> BY_CODEC = Map.of(
            PROTOBUF,
            "application/x-protobuf",
            JSON,
            "application/json",
            FORM,
            "application/x-www-form-urlencoded",
            PLAIN,
            "text/plain",
            XML,
            "text/xml");

    private MediaTypes() {}

    static String ofRequest(int codec) {
        return BY_CODEC.getOrDefault(codec, "text/plain") + ";charset=utf-8";
    }

    static String ofResponse(int codec) {
        String type = BY_CODEC.get(codec);
        return type == null ? "text/plain" : type + ";charset=utf-8";
    }

    /** The codec of a content type as Go names them, or {@link #UNKNOWN}; parameters and the case of letters do not matter. */
    static int codec(String contentType) {
        return switch (essence(contentType)) {
            case "application/x-protobuf" -> PROTOBUF;
            case "application/json" -> JSON;
            case "application/x-www-form-urlencoded" -> FORM;
            case "text/plain" -> PLAIN;
            case "text/xml" -> XML;
            default -> UNKNOWN;
        };
    }

    /** As {@link #codec}, with the other names that clients use. */
    static int codecOfAnyClient(String contentType) {
        String essence = essence(contentType);
        return switch (essence) {
            case "", "application/octet-stream", "text/json" -> JSON;
            case "application/protobuf" -> PROTOBUF;
            case "application/xml" -> XML;
            default -> essence.endsWith("+json") ? JSON : essence.endsWith("+xml") ? XML : codec(essence);
        };
    }

    private static String essence(String contentType) {
        int semicolon = contentType.indexOf(';');
        String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return type.strip().toLowerCase(Locale.ROOT);
    }
}
