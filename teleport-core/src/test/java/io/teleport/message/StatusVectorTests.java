package io.teleport.message;

import static io.teleport.testing.WireVectors.assertText;
import static io.teleport.testing.WireVectors.text;
import static io.teleport.testing.WireVectors.textOrNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.testing.KnownDifferences;
import io.teleport.testing.NeedsWireVectors;
import io.teleport.testing.VectorCase;
import io.teleport.testing.WireVectors;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

@NeedsWireVectors
class StatusVectorTests {

    static List<VectorCase> cases() {
        return WireVectors.cases("status");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void behavesAsRecorded(VectorCase vector) throws Throwable {
        KnownDifferences.compare(vector, () -> {
            switch (vector.string("kind")) {
                case "encode" -> compareEncoding(vector);
                case "encode-null" -> assertForms(Status.OK, vector);
                case "decode-query" -> compareQueryDecoding(vector);
                case "decode-json" -> compareJsonDecoding(vector);
                case "framework-code" -> compareFrameworkCode(vector);
                default -> throw new AssertionError("unknown kind " + vector.string("kind"));
            }
        });
    }

    private static void compareEncoding(VectorCase vector) {
        Status status = status(vector.json());

        assertFields(status, vector);
        assertForms(status, vector);
        Status backFromQuery =
                vector.has("query_decoded_differs") ? status(vector.get("query_decoded_differs")) : status;
        assertThat(Status.parseQuery(status.toQuery())).isEqualTo(backFromQuery);
        Status backFromJson = vector.has("json_decoded_differs") ? status(vector.get("json_decoded_differs")) : status;
        assertThat(Status.parseJson(status.toJson())).isEqualTo(backFromJson);
    }

    private static void compareQueryDecoding(VectorCase vector) {
        String input = text(vector.get("input"));
        if (vector.has("panic")) {
            assertThatThrownBy(() -> Status.parseQuery(input)).isInstanceOf(RuntimeException.class);
            return;
        }
        byte[] bytes = WireText.toBytes(input);
        ByteBuf in = Unpooled.wrappedBuffer(bytes, new byte[] {'!'});
        Status fromBytes = Status.parseQuery(in, bytes.length);

        assertThat(in.readableBytes()).as("bytes left").isEqualTo(1);
        assertFields(fromBytes, vector);
        assertThat(fromBytes).isEqualTo(Status.parseQuery(input));
        assertText(fromBytes.toQuery(), vector.get("query"));
    }

    private static void compareJsonDecoding(VectorCase vector) {
        String input = text(vector.get("input"));
        if (vector.has("error")) {
            assertThatThrownBy(() -> Status.parseJson(input)).isInstanceOf(IllegalArgumentException.class);
        } else {
            assertFields(Status.parseJson(input), vector);
        }
    }

    private static void compareFrameworkCode(VectorCase vector) {
        int code = vector.get("code").asInt();
        Status status = Status.builtIn(code);

        assertThat(status.code()).isEqualTo(code);
        assertText(status.msg(), vector.get("text"));
        assertText(StatusCode.text(code), vector.get("text"));
        assertThat(status.cause()).isEmpty();
        assertThat(status.isConnectionError())
                .isEqualTo(vector.get("is_conn_error").asBoolean());
        assertForms(status, vector);
    }

    private static Status status(JsonNode fields) {
        return Status.of(
                fields.required("code").asInt(), text(fields.required("msg")), textOrNull(fields.required("cause")));
    }

    private static void assertFields(Status actual, VectorCase expected) {
        assertThat(actual).isEqualTo(status(expected.json()));
        assertThat(actual.code()).isEqualTo(expected.get("code").asInt());
        assertText(actual.msg(), expected.get("msg"));
        assertText(actual.cause(), expected.get("cause"));
        assertThat(actual.isOk()).isEqualTo(expected.get("ok").asBoolean());
        assertText(actual.msgOrCause(), expected.get("msg_accessor"));
        assertText(actual.causeOrMsg(), expected.get("cause_accessor"));
    }

    private static void assertForms(Status actual, VectorCase expected) {
        ByteBuf out = Unpooled.buffer();
        actual.writeQuery(out);

        assertText(WireText.decode(out, out.readableBytes()), expected.get("query"));
        assertText(actual.toQuery(), expected.get("query"));
        assertText(actual.toJson(), expected.get("json"));
        assertText(actual.toString(), expected.get("json"));
    }
}
