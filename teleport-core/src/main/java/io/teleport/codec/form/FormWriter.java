package io.teleport.codec.form;

import io.netty.buffer.ByteBuf;
import io.teleport.codec.CodecException;
import io.teleport.codec.ScalarText;
import io.teleport.message.WireText;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the pairs of one form, keys in the order of their bytes. */
final class FormWriter {

    private final ByteBuf out;

    private final int start;

    private FormWriter(ByteBuf out) {
        this.out = out;
        this.start = out.writerIndex();
    }

    static void write(ObjectNode fields, ByteBuf out) {
        FormWriter writer = new FormWriter(out);
        fields.properties().stream()
                .map(field -> Map.entry(WireText.toBytes(field.getKey()), field.getValue()))
                .sorted((a, b) -> Arrays.compareUnsigned(a.getKey(), b.getKey()))
                .forEach(field -> writer.field(field.getKey(), field.getValue()));
    }

    private void field(byte[] key, JsonNode value) {
        if (value.isArray()) {
            value.forEach(item -> pair(key, item));
        } else if (value.isBinary()) {
            for (byte b : value.binaryValue()) {
                pair(key, Integer.toString(b & 0xFF));
            }
        } else if (!value.isNull()) {
            pair(key, value);
        }
    }

    private void pair(byte[] key, JsonNode value) {
        if (!value.isValueNode() || value.isPojo() || value.isBinary()) {
            throw new CodecException("form: field '" + WireText.decode(key, 0, key.length)
                    + "' is not text, a number, a boolean or a list of these");
        }
        pair(key, text(value));
    }

    private void pair(byte[] key, String value) {
        if (out.writerIndex() > start) {
            out.writeByte('&');
        }
        FormText.write(key, out);
        out.writeByte('=');
        FormText.write(WireText.toBytes(value), out);
    }

    private static String text(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        if (value.isNumber() && value.numberType() == JsonParser.NumberType.DOUBLE) {
            return ScalarText.of(value.doubleValue());
        }
        if (value.isNumber() && value.numberType() == JsonParser.NumberType.FLOAT) {
            return ScalarText.of(value.floatValue());
        }
        return value.asString();
    }
}
