package io.teleport.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import io.teleport.codec.TypeRef;
import io.teleport.codec.form.FormBodyCodec;
import io.teleport.codec.json.JsonBodyCodec;
import io.teleport.codec.plain.PlainBodyCodec;
import io.teleport.codec.protobuf.ProtobufBodyCodec;
import io.teleport.codec.thrift.Node;
import io.teleport.codec.thrift.ThriftBodyCodec;
import io.teleport.codec.xml.XmlBodyCodec;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** The decoder of every body codec. */
class BodyFuzzTests {

    record Order(
            String id,
            int count,
            double price,
            boolean open,
            @Nullable List<String> tags) {}

    private static final Type MAP = new TypeRef<Map<String, Object>>() {}.type();

    private static final Type NUMBERS = new TypeRef<List<Integer>>() {}.type();

    private static final BodyTarget JSON = new BodyTarget(
            new JsonBodyCodec(), Object.class, Order.class, MAP, NUMBERS, String.class, long.class, double.class);

    private static final BodyTarget FORM = new BodyTarget(
            new FormBodyCodec(), Order.class, new TypeRef<Map<String, String>>() {}.type(), String.class);

    private static final BodyTarget PLAIN = new BodyTarget(
            new PlainBodyCodec(), String.class, int.class, long.class, double.class, boolean.class, byte.class);

    private static final BodyTarget XML =
            new BodyTarget(new XmlBodyCodec(), Order.class, String.class, int.class, NUMBERS);

    private static final BodyTarget THRIFT = new BodyTarget(new ThriftBodyCodec(), Node.class);

    private static final BodyTarget PROTOBUF =
            new BodyTarget(new ProtobufBodyCodec(), Struct.class, ListValue.class, Timestamp.class);

    @MethodSource
    @FuzzTest
    void json(byte[] input) {
        JSON.run(input);
    }

    static Stream<byte[]> json() {
        return JSON.seeds(Seeds.bodies("json"));
    }

    @MethodSource
    @FuzzTest
    void form(byte[] input) {
        FORM.run(input);
    }

    static Stream<byte[]> form() {
        return FORM.seeds(Seeds.bodies("form"));
    }

    @MethodSource
    @FuzzTest
    void plain(byte[] input) {
        PLAIN.run(input);
    }

    static Stream<byte[]> plain() {
        return PLAIN.seeds(Seeds.bodies("plain"));
    }

    @MethodSource
    @FuzzTest
    void xml(byte[] input) {
        XML.run(input);
    }

    static Stream<byte[]> xml() {
        return XML.seeds(Seeds.bodies("xml"));
    }

    @MethodSource
    @FuzzTest
    void protobuf(byte[] input) {
        PROTOBUF.run(input);
    }

    static Stream<byte[]> protobuf() {
        return PROTOBUF.seeds(Seeds.bodies("protobuf"));
    }

    @MethodSource
    @FuzzTest
    void thrift(byte[] input) {
        THRIFT.run(input);
    }

    static Stream<byte[]> thrift() {
        return THRIFT.seeds(Seeds.bodies("thrift"));
    }
}
