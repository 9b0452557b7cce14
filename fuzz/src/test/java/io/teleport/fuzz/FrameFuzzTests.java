package io.teleport.fuzz;

import static io.teleport.fuzz.FrameSize.COUNTS_ITSELF;
import static io.teleport.fuzz.FrameSize.COUNTS_THE_REST;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.teleport.protocol.json.JsonProtocol;
import io.teleport.protocol.protobuf.ProtobufProtocol;
import io.teleport.protocol.raw.RawProtocol;
import io.teleport.protocol.thrift.ThriftBinaryProtocol;
import io.teleport.protocol.thrift.ThriftStructProtocol;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The frame decoder of every protocol. */
class FrameFuzzTests {

    private static final FrameTarget RAW = FrameTarget.sized(new RawProtocol(), COUNTS_ITSELF);

    private static final FrameTarget JSON = FrameTarget.sized(new JsonProtocol(), COUNTS_THE_REST);

    private static final FrameTarget PROTOBUF = FrameTarget.sized(new ProtobufProtocol(), COUNTS_THE_REST);

    private static final FrameTarget THRIFT_BINARY = FrameTarget.sized(new ThriftBinaryProtocol(), COUNTS_THE_REST);

    private static final FrameTarget THRIFT_STRUCT = FrameTarget.sized(new ThriftStructProtocol(), COUNTS_THE_REST);

    private static final FrameTarget HTTP_REQUEST = FrameTarget.http(true);

    private static final FrameTarget HTTP_RESPONSE = FrameTarget.http(false);

    private static final FrameTarget WS_JSON = FrameTarget.messages(new JsonProtocol());

    private static final FrameTarget WS_PROTOBUF = FrameTarget.messages(new ProtobufProtocol());

    @MethodSource
    @FuzzTest
    void raw(byte[] input) {
        RAW.run(input);
    }

    static Stream<byte[]> raw() {
        return RAW.seeds(Stream.concat(Seeds.frames("raw"), Seeds.brokenFrames()));
    }

    @MethodSource
    @FuzzTest
    void json(byte[] input) {
        JSON.run(input);
    }

    static Stream<byte[]> json() {
        return JSON.seeds(Seeds.frames("json"));
    }

    @MethodSource
    @FuzzTest
    void protobuf(byte[] input) {
        PROTOBUF.run(input);
    }

    static Stream<byte[]> protobuf() {
        return PROTOBUF.seeds(Seeds.frames("protobuf"));
    }

    @MethodSource
    @FuzzTest
    void wsJson(byte[] input) {
        WS_JSON.run(input);
    }

    static Stream<byte[]> wsJson() {
        return WS_JSON.seeds(Seeds.frames("ws-json"));
    }

    @MethodSource
    @FuzzTest
    void wsProtobuf(byte[] input) {
        WS_PROTOBUF.run(input);
    }

    static Stream<byte[]> wsProtobuf() {
        return WS_PROTOBUF.seeds(Seeds.frames("ws-protobuf"));
    }

    @MethodSource
    @FuzzTest
    void thriftBinary(byte[] input) {
        THRIFT_BINARY.run(input);
    }

    static Stream<byte[]> thriftBinary() {
        return THRIFT_BINARY.seeds(Seeds.frames("thrift-binary"));
    }

    @MethodSource
    @FuzzTest
    void thriftStruct(byte[] input) {
        THRIFT_STRUCT.run(input);
    }

    static Stream<byte[]> thriftStruct() {
        return THRIFT_STRUCT.seeds(Seeds.frames("thrift-struct"));
    }

    @MethodSource
    @FuzzTest
    void httpRequest(byte[] input) {
        HTTP_REQUEST.run(input);
    }

    static Stream<byte[]> httpRequest() {
        return HTTP_REQUEST.seeds(Seeds.frames("http"));
    }

    @MethodSource
    @FuzzTest
    void httpResponse(byte[] input) {
        HTTP_RESPONSE.run(input);
    }

    static Stream<byte[]> httpResponse() {
        return HTTP_RESPONSE.seeds(Seeds.frames("http"));
    }
}
