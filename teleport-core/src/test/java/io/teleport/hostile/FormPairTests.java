package io.teleport.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import io.teleport.hostile.HostileClient.Answer;
import io.teleport.message.StatusCode;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Forms beyond all measure, over every protocol that carries forms. */
class FormPairTests {

    record Fields(String a) {}

    private static void assertRefused(HostileClient client, byte[] packed, String cause) throws Exception {
        client.send(packed);
        Answer answer = client.answer();
        assertThat(answer.status().code()).isEqualTo(StatusCode.BAD_MESSAGE);
        assertThat(answer.status().cause()).isEqualTo(cause);
    }

    private static byte[] pairs(int count) {
        return HostileBodies.ascii(
                IntStream.range(0, count).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining("&")));
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "THRIFT_STRUCT")
    void areRefusedWithAStatusAndTheConnectionGoesOn(BodyWire wire) throws Exception {
        try (HostileDoor door = new HostileDoor(wire, builder -> builder.messageLimit(4 << 20));
                HostileClient client = door.attack()) {
            door.server()
                    .router()
                    .call("/map", Map.class, (context, map) -> map.size())
                    .call("/fields", Fields.class, (context, fields) -> fields);
            for (String route : new String[] {"/map", "/fields"}) {
                assertRefused(client, wire.call(route, 'f', pairs(100_000)), "form: more than 10000 pairs");
                byte[] same = HostileBodies.ascii("a=b&".repeat(100_000));
                assertRefused(client, wire.call(route, 'f', same), "form: more than 10000 pairs");
                byte[] longKey = HostileBodies.ascii("k".repeat(500_000) + "=v");
                assertRefused(client, wire.call(route, 'f', longKey), "form: a key is longer than 1024 characters");
            }
            client.send(wire.call("/fields", 'f', HostileBodies.ascii("&".repeat(100_000) + "a=last")));
            assertThat(client.answer().body()).isEqualTo("a=last");
        }
    }
}
