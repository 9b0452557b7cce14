package io.teleport.peer;

import io.teleport.codec.BodyCodec;
import io.teleport.codec.protobuf.ProtobufBodyCodec;
import io.teleport.codec.thrift.ThriftBodyCodec;
import io.teleport.codec.xml.XmlBodyCodec;
import java.util.Arrays;
import java.util.List;

/** The body codecs that need a library of the application's. Their classes are touched only when that library is there. */
enum OptionalBodyCodec {
    PROTOBUF("com.google.protobuf.MessageLite", "com.google.protobuf:protobuf-java"),
    THRIFT("org.apache.thrift.TSerializable", "org.apache.thrift:libthrift"),
    XML("tools.jackson.dataformat.xml.XmlMapper", "tools.jackson.dataformat:jackson-dataformat-xml");

    private final boolean present;

    private final String dependency;

    OptionalBodyCodec(String marker, String dependency) {
        this.present = ClassPath.has(marker);
        this.dependency = dependency;
    }

    /** New codecs of those whose library is there. */
    static List<BodyCodec> presentOnes() {
        return Arrays.stream(values())
                .filter(codec -> codec.present)
                .map(OptionalBodyCodec::create)
                .toList();
    }

    private BodyCodec create() {
        return switch (this) {
            case PROTOBUF -> new ProtobufBodyCodec();
            case THRIFT -> new ThriftBodyCodec();
            case XML -> new XmlBodyCodec();
        };
    }

    String codecName() {
        return switch (this) {
            case PROTOBUF -> "protobuf";
            case THRIFT -> "thrift";
            case XML -> "xml";
        };
    }

    /** What to do about its absence. */
    String advice() {
        return "add " + dependency + " to the class path";
    }
}
