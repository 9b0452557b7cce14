package io.teleport.protocol.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.message.FilterIds;
import io.teleport.message.MessageHeader;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.protocol.EncodeException;
import io.teleport.protocol.FrameCodecContract;
import io.teleport.protocol.Protocol;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RawFrameCodecTests extends FrameCodecContract {

    @Override
    protected Protocol protocol() {
        return new RawProtocol();
    }

    @Override
    protected byte[] announcing(long size) {
        return ByteBuffer.allocate(9).putInt((int) size).array();
    }

    private static MessageHeader header(String serviceMethod, Status status, Metadata metadata) {
        return new MessageHeader(1, 1, serviceMethod, status, metadata, 0, FilterIds.none());
    }

    private byte[] encode(MessageHeader header) {
        return encode(codec(LIMIT), header, new byte[0]);
    }

    @Test
    void aServiceMethodOf255BytesFitsAndOneOf256DoesNot() {
        assertThat(encode(header("s".repeat(255), Status.OK, Metadata.empty()))).hasSize(275);
        assertThatThrownBy(() -> encode(header("s".repeat(256), Status.OK, Metadata.empty())))
                .isInstanceOf(EncodeException.class)
                .hasMessage("raw: service method of 256 bytes is longer than the protocol's 255");
    }

    @Test
    void aServiceMethodIsMeasuredInBytes() {
        assertThatThrownBy(() -> encode(header("\u00e9".repeat(128), Status.OK, Metadata.empty())))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("256 bytes");
    }

    @Test
    void metadataOf65535BytesFitsAndOneMoreDoesNot() {
        assertThat(encode(header("", Status.OK, Metadata.of("k", "v".repeat(65_533)))))
                .hasSizeGreaterThan(65_535);
        assertThatThrownBy(() -> encode(header("", Status.OK, Metadata.of("k", "v".repeat(65_534)))))
                .isInstanceOf(EncodeException.class)
                .hasMessage("raw: metadata of 65536 bytes is longer than the protocol's 65535");
    }

    @Test
    void aStatusOf65535BytesFitsAndOneMoreDoesNot() {
        assertThat(encode(header("", Status.of(1, "m".repeat(65_535 - "code=1&msg=".length())), Metadata.empty())))
                .hasSizeGreaterThan(65_535);
        assertThatThrownBy(() -> encode(header("", Status.of(1, "m".repeat(65_535)), Metadata.empty())))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("raw: status of")
                .hasMessageContaining("65535");
    }
}
