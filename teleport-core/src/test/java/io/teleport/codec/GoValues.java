package io.teleport.codec;

import io.teleport.testing.WireVectors;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The values that codec.json describes, as Java values. */
public final class GoValues {

    private GoValues() {}

    /** Gives the value; null for nil, a list for a list, a map for a map, and a map by JSON name for a struct. */
    public static Object value(JsonNode described) {
        String type = described.required("type").asString();
        if (described.has("nil")) {
            return null;
        }
        return switch (type) {
            case "null" -> null;
            case "bool" -> described.required("value").asBoolean();
            case "int8" -> Byte.valueOf(described.required("value").asString());
            case "int", "int32", "uint8" ->
                Integer.valueOf(described.required("value").asString());
            case "int64" -> Long.valueOf(described.required("value").asString());
            case "uint", "uint64" -> new BigInteger(described.required("value").asString());
            case "float32" -> Float.intBitsToFloat(Integer.parseUnsignedInt(bits(described), 16));
            case "float64" -> Double.longBitsToDouble(Long.parseUnsignedLong(bits(described), 16));
            case "string" -> WireVectors.text(described.required("value"));
            case "bytes" -> WireVectors.bytes(described.required("hex"));
            case "pointer" -> value(described.required("to"));
            case "list" -> list(described.required("items"));
            case "map" -> map(described.required("entries"));
            case "struct" -> struct(described.required("fields"));
            default -> throw new AssertionError("unknown type " + type);
        };
    }

    private static String bits(JsonNode described) {
        return described.required("bits").asString();
    }

    private static List<Object> list(JsonNode items) {
        List<Object> values = new ArrayList<>();
        items.forEach(item -> values.add(value(item)));
        return values;
    }

    private static Map<Object, Object> map(JsonNode entries) {
        Map<Object, Object> values = new LinkedHashMap<>();
        entries.forEach(entry -> values.put(value(entry.required(0)), value(entry.required(1))));
        return values;
    }

    private static Map<String, Object> struct(JsonNode fields) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (JsonNode field : fields) {
            if (field.required("name").asString().endsWith(" (embedded)")) {
                values.putAll(struct(field.required("value").required("fields")));
                continue;
            }
            String tag = field.at("/tags/json").asString("").replaceFirst(",.*", "");
            String name = tag.isEmpty() ? field.required("name").asString() : tag;
            if (!name.equals("-")) {
                values.put(name, value(field.required("value")));
            }
        }
        return values;
    }
}
