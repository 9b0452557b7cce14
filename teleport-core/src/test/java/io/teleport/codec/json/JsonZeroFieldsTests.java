package io.teleport.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Go leaves a field at its zero value where the object does not name it or says null, and Go senders omit such fields. */
class JsonZeroFieldsTests {

    record Order(boolean urgent, int count, double price) {}

    static final class Bean {
        public boolean urgent;

        public int count;
    }

    private final JsonBodyCodec codec = new JsonBodyCodec();

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"urgent\":null,\"count\":null,\"price\":null}"})
    void primitiveFieldsThatAreAbsentOrNullAreZero(String json) {
        assertThat(decode(json, Order.class)).isEqualTo(new Order(false, 0, 0));
        assertThat((Bean) decode(json, Bean.class)).satisfies(bean -> {
            assertThat(bean.urgent).isFalse();
            assertThat(bean.count).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(classes = {Order.class, Bean.class})
    void argumentOfAnEmptyBodyIsTheZeroValue(Class<?> type) {
        assertThat(codec.zero(type)).isInstanceOf(type);
    }

    private Object decode(String json, Class<?> type) {
        ByteBuf body = Unpooled.copiedBuffer(json, StandardCharsets.UTF_8);
        try {
            return codec.decode(body, type);
        } finally {
            body.release();
        }
    }
}
