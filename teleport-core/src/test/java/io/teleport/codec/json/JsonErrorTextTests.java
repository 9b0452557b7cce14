package io.teleport.codec.json;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.codec.CodecException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonErrorTextTests {

    @Test
    void packagesAreLeftOutAndOtherNamesAreWhole() {
        ByteBuf body = Unpooled.copiedBuffer("1 2", StandardCharsets.UTF_8);
        try {
            assertThatThrownBy(() -> new JsonBodyCodec().decode(body, Integer.class))
                    .isInstanceOf(CodecException.class)
                    .hasMessageStartingWith("json: ")
                    .hasMessageContaining("DeserializationFeature.FAIL_ON_TRAILING_TOKENS")
                    .hasMessageContaining("Integer")
                    .hasMessageNotContaining("java.lang")
                    .hasMessageEndingWith(" at line 1, column 3");
        } finally {
            body.release();
        }
    }
}
