package io.teleport.plugin.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.filter.AesGcmKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CryptographyTests {

    private static final byte[] OLD = random(16);

    private static final byte[] NEW = random(32);

    private static final byte[] PLACE = "CALL /a".getBytes(StandardCharsets.US_ASCII);

    private final AtomicReference<AesGcmKeys> ring =
            new AtomicReference<>(AesGcmKeys.of("new", Map.of("old", OLD, "new", NEW)));

    private final AesGcm gcm = new AesGcm(ring::get);

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 100_000})
    void bodiesOfAnyLengthComeBack(int length) throws Exception {
        byte[] body = random(length);

        assertThat(gcm.open(gcm.seal(body, PLACE), PLACE)).isEqualTo(body);
        GoEcb ecb = new GoEcb(NEW);
        assertThat(ecb.open(ecb.seal(body, PLACE), PLACE)).isEqualTo(body);
    }

    @Test
    void theFormIsAsDescribed() throws Exception {
        Envelope envelope = gcm.seal(new byte[] {1, 2, 3}, PLACE);

        assertThat(envelope.version()).isEqualTo("aes-gcm-new");
        assertThat(envelope.ciphertext()).hasSize(42).matches("[A-Za-z0-9_-]+");
        byte[] sealed = Base64.getUrlDecoder().decode(envelope.ciphertext());
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(NEW, "AES"), new GCMParameterSpec(128, sealed, 0, 12));
        cipher.updateAAD("aes-gcm-new CALL /a".getBytes(StandardCharsets.US_ASCII));
        assertThat(cipher.doFinal(sealed, 12, sealed.length - 12)).containsExactly(1, 2, 3);
    }

    @Test
    void equalBodiesAreSentDifferently() throws Exception {
        assertThat(gcm.seal(OLD, PLACE)).isNotEqualTo(gcm.seal(OLD, PLACE));
    }

    @Test
    void whatWasSealedUnderAnOldKeyIsReadWhileTheRingHasIt() throws Exception {
        ring.set(AesGcmKeys.of("old", Map.of("old", OLD, "new", NEW)));
        Envelope old = gcm.seal(NEW, PLACE);
        ring.set(AesGcmKeys.of("new", Map.of("old", OLD, "new", NEW)));
        assertThat(gcm.open(old, PLACE)).isEqualTo(NEW);

        ring.set(AesGcmKeys.of("new", Map.of("new", NEW)));
        assertThatThrownBy(() -> gcm.open(old, PLACE))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessage("inconsistent encryption version, get:\"aes-gcm-old\", want:\"aes-gcm-new\"");
    }

    @Test
    void everyChangedBitIsFound() throws Exception {
        Envelope envelope = gcm.seal(new byte[] {1}, PLACE);
        byte[] sealed = Base64.getUrlDecoder().decode(envelope.ciphertext());
        for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
            assertRefused(
                    new Envelope(envelope.version(), Base64.getUrlEncoder().encodeToString(changed)));
        }
    }

    @Test
    void whatIsNoneOfItsOwnIsRefused() throws Exception {
        assertRefused(new Envelope("aes-gcm-new", ""));
        assertRefused(new Envelope("aes-gcm-new", "*"));
        assertRefused(new Envelope("aes-gcm-new", "A".repeat(36)));
        // The same key under another name: the name is authenticated, too.
        ring.set(AesGcmKeys.of("new", Map.of("new", NEW, "alias", NEW)));
        assertRefused(new Envelope("aes-gcm-alias", gcm.seal(OLD, PLACE).ciphertext()));
    }

    private void assertRefused(Envelope envelope) {
        assertThatThrownBy(() -> gcm.open(envelope, PLACE))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessage("check failed, this is not what was encrypted for this message");
    }

    @ParameterizedTest
    @CsvSource({"CALL /b", "PUSH /a", "REPLY /a"})
    void anotherPlaceIsRefused(String place) throws Exception {
        Envelope envelope = gcm.seal(OLD, PLACE);

        assertThatThrownBy(() -> gcm.open(envelope, place.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageStartingWith("check failed");
    }

    @Test
    void neitherReadsTheOther() throws Exception {
        GoEcb ecb = new GoEcb(NEW);

        assertThatThrownBy(() -> ecb.open(gcm.seal(OLD, PLACE), PLACE))
                .hasMessage("inconsistent encryption version, get:\"aes-gcm-new\", want:\"" + ecb.version() + "\"");
        assertThatThrownBy(() -> gcm.open(ecb.seal(OLD, PLACE), PLACE))
                .hasMessage("inconsistent encryption version, get:\"" + ecb.version() + "\", want:\"aes-gcm-new\"");
    }

    @Test
    void aForeignVersionIsShownInPartAndHarmless() {
        assertThatThrownBy(() -> gcm.open(new Envelope("\"\\\n\u4e16" + "x".repeat(1000), ""), PLACE))
                .hasMessage("inconsistent encryption version, get:\"\\\"\\\\??" + "x".repeat(96)
                        + "...\", want:\"aes-gcm-new\"");
    }

    /** As Go would see it: all bytes agree, but there are more than a block of them. */
    @Test
    void aPaddingOfMoreThanABlockIsRefused() throws Exception {
        byte[] padded = new byte[32];
        Arrays.fill(padded, (byte) 17);
        assertThatThrownBy(() -> openEcb(padded)).hasMessage("remove pad error");
    }

    @SuppressWarnings("InsecureCryptoUsage") // it is Go's
    private static void openEcb(byte[] padded) throws GeneralSecurityException {
        GoEcb ecb = new GoEcb(NEW);
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(NEW, "AES"));
        String ciphertext = HexFormat.of().formatHex(cipher.doFinal(padded));
        ecb.open(new Envelope(ecb.version(), ciphertext), PLACE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0g     | encoding/hex: invalid byte: U+0067 'g'
                    g      | encoding/hex: invalid byte: U+0067 'g'
                    0\u00e9    | encoding/hex: invalid byte: U+00C3 '\u00c3'
                    000\t0 | encoding/hex: invalid byte: U+0009
                    000    | encoding/hex: odd length hex string
                    """)
    void badHexIsReportedInGosWords(String text, String message) {
        assertThatThrownBy(() -> HexText.parse(text)).hasMessage(message);
    }
}
