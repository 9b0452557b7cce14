package io.teleport.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.testing.AllocatedBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is read from the wire stays bytes; it must look as if it were objects, and cost less. */
class ReceivedMetadataTests {

    private static final int ROUNDS = 20_000;

    /** Bytes that mean something to the query form, and some that do not. */
    private static final byte[] BYTES = {'a', 'b', '6', '1', '%', '+', '=', '=', '&', '&', ' ', (byte) 0xC3, (byte) 0xA9
    };

    private static final List<String> KEYS =
            List.of("", "a", "b", "ab", "a b", "aa", " ", "=", "é", "aé", "\uDCC3", "%61");

    private static final int SIZE = 4 << 20;

    private final Random random = new Random(7);

    /** The same pairs, held as objects. */
    private static Metadata objects(Metadata received) {
        return Metadata.builder().addAll(received).build();
    }

    private Metadata random() {
        ByteBuf bytes = Unpooled.buffer();
        int length = random.nextInt(16);
        for (int i = 0; i < length; i++) {
            bytes.writeByte(BYTES[random.nextInt(BYTES.length)]);
        }
        return Metadata.parse(bytes, length);
    }

    @Test
    void everyLookAtItsBytesSeesWhatTheObjectsSay() {
        for (int round = 0; round < ROUNDS; round++) {
            Metadata received = random();
            Metadata objects = objects(received);
            List<String> pairs = new ArrayList<>();
            received.forEach((key, value) -> pairs.addAll(List.of(key, value)));
            assertThat(pairs)
                    .isEqualTo(objects.entries().stream()
                            .flatMap(pair -> Arrays.asList(pair.key(), pair.value()).stream())
                            .toList());
            assertThat(received.size()).isEqualTo(objects.size());
            assertThat(received.isEmpty()).isEqualTo(objects.isEmpty());
            assertThat(received.toQuery()).isEqualTo(objects.toQuery());
            assertThat(received).isEqualTo(objects).hasSameHashCodeAs(objects);
            for (String key : KEYS) {
                String where = "'" + key + "' of " + pairs;
                assertThat(received.get(key)).as(where).isEqualTo(objects.get(key));
                assertThat(received.getAll(key)).as(where).isEqualTo(objects.getAll(key));
                assertThat(received.contains(key)).as(where).isEqualTo(objects.contains(key));
            }
        }
    }

    @Test
    void everyChangeOfItsBytesIsTheChangeOfTheObjects() {
        for (int round = 0; round < ROUNDS; round++) {
            Metadata received = random();
            Metadata objects = objects(received);
            String key = KEYS.get(random.nextInt(KEYS.size()));
            String value = KEYS.get(random.nextInt(KEYS.size()));
            String where = "'" + key + "', '" + value + "' of " + objects.entries();
            assertThat(received.without(key)).as(where).isEqualTo(objects.without(key));
            assertThat(received.with(key, value)).as(where).isEqualTo(objects.with(key, value));
            assertThat(received.without(key).with(key, value).without(value))
                    .as(where)
                    .isEqualTo(objects.without(key).with(key, value).without(value));
        }
    }

    @Test
    void withoutAKeyThatIsNotThereItIsTheSame() {
        Metadata received = Metadata.parse("a=1&b=2");

        assertThat(received.without("c")).isSameAs(received);
        assertThat(objects(received).without("c").size()).isEqualTo(2);
        assertThat(received.without("a").without("b").isEmpty()).isTrue();
    }

    @Test
    void aLookAtOneOfMillionsOfPairsCostsNoMoreThanThatOne() throws Exception {
        Metadata received = Metadata.parse("a&".repeat(SIZE / 2) + "X-Timeout-Ms=500");

        assertThat(AllocatedBytes.of(() -> received.getUnsignedInt("X-Timeout-Ms")))
                .isLessThan(4096);
        assertThat(AllocatedBytes.of(() -> received.get("X-Absent"))).isLessThan(4096);
        assertThat(AllocatedBytes.of(received::size)).isLessThan(4096);
        assertThat(AllocatedBytes.of(() -> received.contains("b"))).isLessThan(4096);
    }

    @Test
    void takingOnePairOffOrAddingOneCostsTheBytesAndNotObjectsOfAll() throws Exception {
        Metadata received = Metadata.parse("a&".repeat(SIZE / 2) + "X-Timeout-Ms=500");

        assertThat(AllocatedBytes.of(() -> received.without("X-Timeout-Ms"))).isLessThan(3L * SIZE);
        assertThat(AllocatedBytes.of(() -> received.with("X-Timeout-Ms", "400")))
                .isLessThan(3L * SIZE);
    }
}
