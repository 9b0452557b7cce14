package io.teleport.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.interop.peers.Ask;
import io.teleport.interop.peers.Outcome;
import io.teleport.interop.peers.Received;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codecs, raw bytes, transfer filters, and large bodies. */
interface BodyCases extends Pair {

    int MEGABYTE = 1 << 20;

    @ParameterizedTest
    @ValueSource(strings = {"g", "m", "gm", "mg"})
    default void filtersApplyToCallAndReply(String filters) {
        String text = "the same words again, ".repeat(500);
        assertResult(client().call(Ask.of("/echo/bytes", text, String.class).filters(filters)), text);
        assertThat(server().awaitCall("/echo/bytes").filters()).isEqualTo(filters);
    }

    @ParameterizedTest
    @ValueSource(strings = {"g", "m", "gm", "mg"})
    default void filtersApplyToErrors(String filters) {
        Ask<Double> divide = Ask.of("/math/divide", Map.of("a", 1, "b", 0), Double.class);
        assertStatus(client().call(divide.filters(filters)), 1001, "divide by zero", "b is 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"g", "m", "gm", "mg"})
    default void filtersApplyToPushes(String filters) {
        assertThat(client().push(Ask.push("/status", "filtered").filters(filters))
                        .isOk())
                .isTrue();
        assertThat(server().awaitPush("/status").text()).isEqualTo("filtered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "g", "m", "gm", "mg"})
    default void bytesComeBackAsTheyWere(String filters) {
        byte[] every = new byte[256];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) i;
        }
        assertBytes(client().callBytes("/echo/bytes", every, 'j', filters), 'j', every);
    }

    @Test
    default void bytesOfAnUnknownCodecComeBackUnderItsId() {
        byte[] bytes = {1, 2, 3, 0, (byte) 0xff};
        assertBytes(client().callBytes("/echo/bytes", bytes, 77, ""), 77, bytes);
        assertThat(server().awaitCall("/echo/bytes").codec()).isEqualTo(77);
    }

    @Test
    default void objectOfAnUnknownCodecIs400() {
        Outcome<byte[]> outcome = client().callBytes("/math/add", new byte[] {1}, 77, "");
        assertThat(outcome.status().code()).isEqualTo(400);
        assertThat(outcome.status().cause()).isEqualTo("unsupported codec id: 77");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "g", "m", "gm", "mg"})
    default void megabyteOfBytesComesBackAsItWas(String filters) {
        assertResult(client().callBig(MEGABYTE, filters), true);
    }

    @Test
    default void megabyteOfTextComesBackAsItWas() {
        String letters = "snow \u2603 ".repeat(MEGABYTE / "snow \u2603 ".length());
        assertResult(client().call(Ask.of("/echo/bytes", letters, String.class)), letters);
    }

    @Test
    default void plainCodecCarriesTextAndNumbers() {
        assertResult(
                client().call(Ask.of("/echo/bytes", "pl\u00e4in \u2603", String.class)
                        .codec("plain")),
                "pl\u00e4in \u2603");
        assertThat(server().awaitCall("/echo/bytes").codec()).isEqualTo('s');

        Outcome<Integer> number =
                client().call(Ask.of("/echo/sleep", "1", Integer.class).codec("plain"));
        assertResult(number, 1);
        assertThat(number.codec()).isEqualTo('s');

        assertThat(client().push(Ask.push("/status", "pl\u00e4in").codec("plain"))
                        .isOk())
                .isTrue();
        Received push = server().awaitPush("/status");
        assertThat(push.text()).isEqualTo("pl\u00e4in");
        assertThat(push.codec()).isEqualTo('s');
    }

    @Test
    default void replyComesInTheCodecThatTheCallerAccepts() {
        Outcome<Integer> plain = client().call(Ask.sum(40, 2).meta("X-Accept-Body-Codec", "115"));
        assertResult(plain, 42);
        assertThat(plain.codec()).isEqualTo('s');
    }

    @ParameterizedTest
    @ValueSource(strings = {"77", "0", "0115", "json", ""})
    default void wishForACodecThatIsNoneIsIgnored(String wish) {
        Outcome<Integer> json = client().call(Ask.sum(40, 2).meta("X-Accept-Body-Codec", wish));
        assertResult(json, 42);
        assertThat(json.codec()).isEqualTo('j');
    }

    private static void assertBytes(Outcome<byte[]> outcome, int codec, byte[] expected) {
        assertThat(outcome.status().code()).as("code of %s", outcome).isZero();
        assertThat(outcome.codec()).isEqualTo(codec);
        assertThat(outcome.value()).isEqualTo(expected);
    }
}
