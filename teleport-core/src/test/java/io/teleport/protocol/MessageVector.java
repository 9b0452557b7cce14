package io.teleport.protocol;

import static io.teleport.testing.WireVectors.text;
import static io.teleport.testing.WireVectors.textOrNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.teleport.codec.thrift.DescribedStruct;
import io.teleport.codec.thrift.ThriftBodyCodec;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.testing.VectorCase;
import io.teleport.testing.WireVectors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** A case of one of the message files: a message, and the bytes Go made of it. */
public record MessageVector(VectorCase vector) {

    /** The message as it was given to Go. */
    public MessageHeader header() {
        return header(status(vector.get("status")));
    }

    /** The message as Go reads its own bytes. */
    MessageHeader headerReadByGo() {
        return header(this::readByGo, status(readByGo("status")));
    }

    MessageHeader header(Status status) {
        return header(vector::get, status);
    }

    private MessageHeader header(Function<String, JsonNode> field, Status status) {
        Metadata.Builder metadata = Metadata.builder();
        for (JsonNode pair : field.apply("meta")) {
            metadata.add(text(pair.required(0)), text(pair.required(1)));
        }
        return new MessageHeader(
                field.apply("seq").asInt(),
                field.apply("mtype").asInt(),
                text(field.apply("service_method")),
                status,
                metadata.build(),
                field.apply("body_codec").asInt(),
                filters());
    }

    private static Status status(JsonNode status) {
        return status.isNull()
                ? Status.OK
                : Status.of(
                        status.required("code").asInt(),
                        text(status.required("msg")),
                        textOrNull(status.required("cause")));
    }

    FilterIds filters() {
        return FilterIds.of(
                vector.get("xfer_pipe").valueStream().mapToInt(JsonNode::asInt).toArray());
    }

    public byte[] body() {
        JsonNode body = vector.get("body_hex");
        return body.has("sha256") ? struct() : WireVectors.bytes(body);
    }

    /** The body that is recorded by its hash only, from its description. */
    private byte[] struct() {
        ByteBuf out = Unpooled.buffer();
        new ThriftBodyCodec().encode(new DescribedStruct(vector.get("body_thrift")), out);
        byte[] bytes = ByteBufUtil.getBytes(out);
        WireVectors.assertBytes(bytes, vector.get("body_hex"));
        return bytes;
    }

    /** A field that Go may have read otherwise than it was. */
    private JsonNode readByGo(String field) {
        JsonNode differing = vector.has("go_unpacked") ? vector.get("go_unpacked") : vector.json();
        return differing.has(field) ? differing.required(field) : vector.get(field);
    }

    void assertIsMessage(Message message) {
        assertMessage(message, header(), vector.get("body_hex"));
    }

    void assertIsMessageWithout(Status left, Message message) {
        assertMessage(message, header(left), vector.get("body_hex"));
    }

    void assertIsMessageReadByGo(Message message) {
        assertThat(vector.string("go_roundtrip_note"))
                .as("what became of Go's reading")
                .doesNotStartWith("Unpack fails");
        assertMessage(message, headerReadByGo(), readByGo("body_hex"));
    }

    private static void assertMessage(Message message, MessageHeader header, JsonNode body) {
        assertThat(message).isNotNull();
        assertThat(message.header()).isEqualTo(header);
        WireVectors.assertBytes(ByteBufUtil.getBytes(message.body()), body);
    }

    @Override
    public String toString() {
        return vector.toString();
    }
}
