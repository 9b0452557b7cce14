package io.teleport.codec.xml;

import io.teleport.codec.ScalarText;
import io.teleport.message.WireText;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ser.std.StdSerializer;

/** Numbers and bytes as Go has them in XML. */
final class XmlScalars {

    private XmlScalars() {}

    static final class OfDouble extends StdSerializer<Double> {
        OfDouble() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator out, SerializationContext context) {
            out.writeNumber(ScalarText.of(value));
        }
    }

    static final class OfFloat extends StdSerializer<Float> {
        OfFloat() {
            super(Float.class);
        }

        @Override
        public void serialize(Float value, JsonGenerator out, SerializationContext context) {
            out.writeNumber(ScalarText.of(value));
        }
    }

    /** Go writes bytes as the text they are, not in base64. */
    static final class OfBytes extends StdSerializer<byte[]> {
        OfBytes() {
            super(byte[].class);
        }

        @Override
        public void serialize(byte[] value, JsonGenerator out, SerializationContext context) {
            String text = WireText.decode(value, 0, value.length);
            if (!XmlCharacters.areAllowed(text)) {
                throw DatabindException.from(out, "bytes that are not text have no place in XML");
            }
            out.writeString(text);
        }
    }

    static final class ToBytes extends StdDeserializer<byte[]> {
        ToBytes() {
            super(byte[].class);
        }

        @Override
        public byte[] deserialize(JsonParser in, DeserializationContext context) {
            return WireText.toBytes(in.getValueAsString(""));
        }
    }
}
