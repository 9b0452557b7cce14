package io.teleport.codec.thrift;

import io.teleport.testing.WireVectors;
import java.nio.ByteBuffer;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TMap;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TSet;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;
import tools.jackson.databind.JsonNode;

/** A struct that is written as the wire vectors describe it. */
public final class DescribedStruct implements TSerializable {

    private final JsonNode fields;

    public DescribedStruct(JsonNode fields) {
        this.fields = fields;
    }

    @Override
    public void read(TProtocol in) {
        throw new UnsupportedOperationException("only described, in order to be written");
    }

    @Override
    public void write(TProtocol out) throws TException {
        out.writeStructBegin(new TStruct(""));
        for (JsonNode field : fields) {
            out.writeFieldBegin(new TField("", type(field.required("type")), (short)
                    field.required("id").asInt()));
            writeValue(field, out);
            out.writeFieldEnd();
        }
        out.writeFieldStop();
        out.writeStructEnd();
    }

    private static void writeValue(JsonNode described, TProtocol out) throws TException {
        switch (described.required("type").asString()) {
            case "bool" -> out.writeBool(described.required("value").asBoolean());
            case "byte" -> out.writeByte(Byte.parseByte(value(described)));
            case "i16" -> out.writeI16(Short.parseShort(value(described)));
            case "i32" -> out.writeI32(Integer.parseInt(value(described)));
            case "i64" -> out.writeI64(Long.parseLong(value(described)));
            case "double" -> out.writeDouble(Double.parseDouble(value(described)));
            case "string" -> out.writeString(WireVectors.text(described.required("value")));
            case "binary" -> out.writeBinary(ByteBuffer.wrap(WireVectors.bytes(described.required("hex"))));
            case "struct" -> new DescribedStruct(described.required("fields")).write(out);
            case "map" -> writeMap(described, out);
            case "list" -> {
                JsonNode items = described.required("items");
                out.writeListBegin(new TList(type(described.required("elem")), items.size()));
                writeItems(items, out);
                out.writeListEnd();
            }
            case "set" -> {
                JsonNode items = described.required("items");
                out.writeSetBegin(new TSet(type(described.required("elem")), items.size()));
                writeItems(items, out);
                out.writeSetEnd();
            }
            default -> throw new AssertionError("unknown type in " + described);
        }
    }

    private static String value(JsonNode described) {
        return described.required("value").asString();
    }

    private static void writeItems(JsonNode items, TProtocol out) throws TException {
        for (JsonNode item : items) {
            writeValue(item, out);
        }
    }

    private static void writeMap(JsonNode described, TProtocol out) throws TException {
        JsonNode entries = described.required("entries");
        out.writeMapBegin(new TMap(type(described.required("key")), type(described.required("elem")), entries.size()));
        for (JsonNode entry : entries) {
            writeItems(entry, out);
        }
        out.writeMapEnd();
    }

    private static byte type(JsonNode name) {
        return switch (name.asString()) {
            case "bool" -> TType.BOOL;
            case "byte" -> TType.BYTE;
            case "i16" -> TType.I16;
            case "i32" -> TType.I32;
            case "i64" -> TType.I64;
            case "double" -> TType.DOUBLE;
            case "string", "binary" -> TType.STRING;
            case "struct" -> TType.STRUCT;
            case "map" -> TType.MAP;
            case "set" -> TType.SET;
            case "list" -> TType.LIST;
            default -> throw new AssertionError("unknown type " + name);
        };
    }
}
