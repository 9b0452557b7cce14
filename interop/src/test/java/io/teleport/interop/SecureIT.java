package io.teleport.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.interop.bodies.BodyForm;
import io.teleport.interop.bodies.Sample;
import io.teleport.interop.peers.Ask;
import io.teleport.interop.peers.ClientSide;
import io.teleport.interop.peers.Equipment;
import io.teleport.interop.peers.Outcome;
import io.teleport.interop.peers.Received;
import io.teleport.interop.peers.ServerSide;
import io.teleport.plugin.secure.SecurePlugin;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plugin secure, in the form that Go has. */
class SecureIT extends PluginPairing {

    private static final int CODE = 100_001;

    private static final String SECURE = "X-Secure";

    private static final String ACCEPT = "X-Accept-Secure";

    /** What names the key in the envelope: its MD5. */
    private static final String KEY = "0123456789abcdef";

    private static final String KEY_VERSION = "4032af8d61035123906e58e067140cc5";

    private static final String OTHER_KEY = "xxxxxxxxxxxxxxxx";

    private static final String OTHER_VERSION = "45ed9cc2f92b77cd8b2f5bd59ff635f8";

    record Envelope(String cipherversion, String ciphertext) {}

    private static Equipment key(String key) {
        return Equipment.of(
                peer -> peer.plugin(SecurePlugin.weakAsInGo(CODE, key.getBytes(StandardCharsets.US_ASCII))),
                "--secure-key",
                key,
                "--secure-code",
                Integer.toString(CODE));
    }

    private static String inconsistent(String got, String wanted) {
        return "inconsistent encryption version, get:\"" + got + "\", want:\"" + wanted + "\"";
    }

    /** Empty for metadata that is left out. */
    @ParameterizedTest(name = "[{index}] {0}, accept {1}")
    @CsvSource({
        "'', '', false",
        "'', true, true",
        "'', false, false",
        "true, '', true",
        "true, true, true",
        "true, false, false",
        "TRUE, '', false",
        "1, true, true",
        "true, FALSE, true"
    })
    void aReplyIsEncryptedAsTheCallWantsIt(String secure, String accept, boolean encrypted) {
        ServerSide server = serve(key(KEY));
        ClientSide client = connect(server, key(KEY));
        Outcome<Integer> outcome = client.call(marked(Ask.sum(1, 2, 3), secure, accept));
        assertResult(outcome, 6);
        assertThat(outcome.metadata().get(SECURE)).isEqualTo(encrypted ? "true" : null);
        Received call = server.awaitCall("/math/add");
        assertThat(call.metadata().get(SECURE)).isEqualTo(secure.equals("true") ? "true" : null);
    }

    private static <T> Ask<T> marked(Ask<T> ask, String secure, String accept) {
        Ask<T> asked = secure.isEmpty() ? ask : ask.meta(SECURE, secure);
        return accept.isEmpty() ? asked : asked.meta(ACCEPT, accept);
    }

    @ParameterizedTest(name = "[{index}] codec {0}")
    @ValueSource(strings = {"json", "form", "xml", "protobuf"})
    void bodiesAreEncryptedBothWays(String codec) {
        ServerSide server = serve(key(KEY));
        BodyForm<?> form = BodyForm.ALL.stream()
                .filter(candidate -> candidate.codec().equals(codec))
                .findFirst()
                .orElseThrow();
        assertChanged(connect(server, key(KEY)), form);
    }

    private static void assertChanged(ClientSide client, BodyForm<?> codec) {
        assertChangedWith(client, client.form(codec));
    }

    private static <T> void assertChangedWith(ClientSide client, BodyForm<T> form) {
        Sample sample = form.sample(7, "a secret \u2603");
        Ask<T> ask = Ask.of(form.change(), form.write().apply(sample), form.type());
        Outcome<T> outcome = client.call(ask.codec(form.codec()).meta(SECURE, "true"));
        assertThat(outcome.status().code()).as("code of %s", outcome).isZero();
        assertThat(outcome.metadata().get(SECURE)).isEqualTo("true");
        Sample changed = form.read().apply(outcome.value());
        assertThat(changed.text()).isEqualTo(sample.changed().text());
        assertThat(changed.number()).isEqualTo(sample.changed().number());
        // Go's form codec writes lists backwards.
        assertThat(changed.list()).containsExactlyInAnyOrderElementsOf(sample.list());
    }

    @Test
    void aPushIsEncrypted() {
        ServerSide server = serve(key(KEY));
        ClientSide client = connect(server, key(KEY));
        assertThat(client.push(Ask.push("/status", "secret").meta(SECURE, "true"))
                        .isOk())
                .isTrue();
        Received push = server.awaitPush("/status");
        assertThat(push.text()).isEqualTo("secret");
        assertThat(push.metadata().get(SECURE)).isEqualTo("true");
    }

    @Test
    void anErrorReplyIsNeverEncrypted() {
        ClientSide client = connect(serve(key(KEY)), key(KEY));
        Outcome<Double> outcome = client.call(
                Ask.of("/math/divide", Map.of("a", 1, "b", 0), Double.class).meta(SECURE, "true"));
        assertStatus(outcome, 1001, "divide by zero", "b is 0");
        assertThat(outcome.metadata().get(SECURE)).isNull();
    }

    @Test
    void aCallUnderAnotherKeyIsRefusedWithTheCodeOfTheCallee() {
        ClientSide client = connect(serve(key(KEY)), key(OTHER_KEY));
        Outcome<Integer> outcome = client.call(Ask.sum(1, 2).meta(SECURE, "true"));
        assertStatus(outcome, CODE, "decrypt ciphertext error", inconsistent(OTHER_VERSION, KEY_VERSION));
        assertResult(client.call(Ask.sum(1, 2)), 3);
    }

    @Test
    void aReplyUnderAnotherKeyIsRefusedWithTheCodeOfTheCaller() {
        ClientSide client = connect(serve(key(KEY)), key(OTHER_KEY));
        Outcome<Integer> outcome = client.call(Ask.sum(1, 2).meta(ACCEPT, "true"));
        assertStatus(outcome, CODE, "decrypt ciphertext error", inconsistent(KEY_VERSION, OTHER_VERSION));
        assertResult(client.call(Ask.sum(1, 2)), 3);
    }

    /** Which shows, too, that what the plugin sends is encrypted: the result would be a number. */
    @Test
    void aSideWithoutThePluginGetsTheEnvelope() {
        ClientSide client = connect(serve(key(KEY)), Equipment.NONE);
        Outcome<Envelope> outcome = client.call(
                Ask.of("/math/add", new int[] {1, 2}, Envelope.class).meta(ACCEPT, "true"));
        assertThat(outcome.value()).isNotNull();
        assertThat(outcome.value().cipherversion()).isEqualTo(KEY_VERSION);
        assertThat(outcome.value().ciphertext()).matches("[0-9a-f]{32}");
    }

    @Test
    void aSideWithoutThePluginCannotReadAnEncryptedCall() {
        ClientSide client = connect(serve(Equipment.NONE), key(KEY));
        Outcome<Integer> outcome = client.call(Ask.sum(1, 2).meta(SECURE, "true"));
        assertThat(outcome.status().code()).isEqualTo(400);
        assertThat(outcome.status().msg()).isEqualTo("Bad Message");
        assertResult(client.call(Ask.sum(1, 2)), 3);
    }
}
