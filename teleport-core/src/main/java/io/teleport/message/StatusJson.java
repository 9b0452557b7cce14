package io.teleport.message;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The JSON form of a status, used in logs and by the protocols that carry it so. */
final class StatusJson {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_QUOTED_CHARS = 64;
    private static final String LOST_BYTE = "\\ufffd";

    private StatusJson() {}

    static String write(Status status) {
        String cause = status.cause();
        StringBuilder json = new StringBuilder(64);
        json.append("{\"code\":").append(status.code()).append(",\"msg\":");
        appendString(status.msg(), json);
        json.append(",\"cause\":");
        appendString(cause == null ? "" : cause, json);
        return json.append('}').toString();
    }

    static Status parse(String json) {
        if (json.isEmpty()) {
            return Status.OK;
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT && first != JsonToken.VALUE_NULL) {
                throw unexpected("an object", parser);
            }
            Status status = first == JsonToken.VALUE_NULL ? Status.OK : parseFields(parser);
            if (parser.nextToken() != null) {
                throw unexpected("nothing after the object", parser);
            }
            return status;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("status is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Status parseFields(JsonParser parser) {
        int code = 0;
        String msg = "";
        String cause = "";
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_NULL) {
                continue;
            }
            if (name.equalsIgnoreCase("code")) {
                code = readCode(parser);
            } else if (name.equalsIgnoreCase("msg")) {
                msg = readText("msg", parser);
            } else if (name.equalsIgnoreCase("cause")) {
                cause = readText("cause", parser);
            } else {
                parser.skipChildren();
            }
        }
        return Status.of(code, msg, cause.isEmpty() ? null : cause);
    }

    private static int readCode(JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT || parser.getNumberType() != NumberType.INT) {
            throw unexpected("a whole number of 32 bits as code", parser);
        }
        return parser.getIntValue();
    }

    private static String readText(String field, JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw unexpected("a string as " + field, parser);
        }
        return WireText.withoutLoneSurrogates(parser.getString());
    }

    private static IllegalArgumentException unexpected(String expected, JsonParser parser) {
        JsonToken token = parser.currentToken();
        String found = token == null
                ? "nothing"
                : switch (token) {
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "an array";
                    case VALUE_STRING -> '"' + shorten(parser.getString()) + '"';
                    default -> shorten(parser.getString());
                };
        return new IllegalArgumentException("status in JSON: expected " + expected + ", found " + found);
    }

    private static String shorten(String text) {
        return text.length() <= MAX_QUOTED_CHARS ? text : text.substring(0, MAX_QUOTED_CHARS) + "…";
    }

    private static void appendString(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\u2028' -> json.append("\\u2028");
                case '\u2029' -> json.append("\\u2029");
                default -> {
                    if (c < 0x20) {
                        json.append("\\u00").append(hexDigit(c >> 4)).append(hexDigit(c & 0xF));
                    } else if (WireText.isLoneSurrogateAt(text, i)) {
                        json.append(LOST_BYTE);
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }

    private static char hexDigit(int digit) {
        return Character.forDigit(digit, 16);
    }
}
