package io.teleport.filter.aesgcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.filter.AesGcmKeys;
import io.teleport.filter.FilterException;
import io.teleport.filter.TransferFilter;
import io.teleport.filter.TransferFilterContract;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AesGcmFilterTests extends TransferFilterContract {

    private static final byte[] OLD = random(16);

    private static final byte[] NEW = random(32);

    private static final AesGcmKeys BOTH = AesGcmKeys.of("new", keys());

    private static Map<String, byte[]> keys() {
        Map<String, byte[]> keys = new LinkedHashMap<>();
        keys.put("old", OLD);
        keys.put("new", NEW);
        return keys;
    }

    private final AtomicReference<AesGcmKeys> ring = new AtomicReference<>(BOTH);

    private final AesGcmFilter filter = new AesGcmFilter('a', ring::get);

    @Override
    protected TransferFilter filter() {
        return filter;
    }

    @Override
    protected boolean findsEveryChange() {
        return true;
    }

    @Test
    void aFormRecordedOnceIsStillRead() {
        ring.set(AesGcmKeys.of("k1", Map.of("k1", HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"))));
        byte[] recorded = HexFormat.of()
                .parseHex("026b31" + "000000000000000000000001" + "d2b0c30fa27e776313831e9186f583db0b445cc698");

        assertThat(decode(recorded, 5)).asString().isEqualTo("hello");
    }

    @Test
    void nothingOfTheContentIsThereInTheClearAndNoTwoFormsAreAlike() {
        byte[] content = new byte[64];

        byte[] encoded = encode(content);

        assertThat(encoded).hasSize(1 + 3 + 12 + content.length + 16).startsWith(3, 'n', 'e', 'w');
        assertThat(HexFormat.of().formatHex(encoded)).doesNotContain("00".repeat(16));
        assertThat(encode(content)).isNotEqualTo(encoded);
        assertThat(Arrays.copyOfRange(encode(content), 4, 16)).isNotEqualTo(Arrays.copyOfRange(encoded, 4, 16));
    }

    @Test
    void keysMayChangeWhileMessagesAreUnderWay() {
        ring.set(AesGcmKeys.of("old", keys()));
        byte[] underOld = encode(random(10));
        ring.set(BOTH);
        byte[] underNew = encode(random(10));

        assertThat(decode(underOld, 10)).isEqualTo(random(10));
        assertThat(decode(underNew, 10)).isEqualTo(random(10));
        ring.set(AesGcmKeys.of("new", Map.of("new", NEW)));
        assertThatThrownBy(() -> decode(underOld, 10))
                .isInstanceOf(FilterException.class)
                .hasMessage("aes-gcm: unknown key id old");
    }

    @Test
    void aKeyIdCannotBeExchangedForAnotherOneOfTheSameKey() {
        ring.set(AesGcmKeys.of("one", Map.of("one", OLD, "two", OLD)));
        byte[] encoded = encode(random(10));
        encoded[1] = 't';
        encoded[2] = 'w';
        encoded[3] = 'o';

        assertThatThrownBy(() -> decode(encoded, 10))
                .isInstanceOf(FilterException.class)
                .hasMessage("aes-gcm: check failed, the content is not what was encrypted");
    }

    @Test
    void anotherKeyUnderTheSameIdIsRefused() {
        byte[] encoded = encode(random(10));
        ring.set(AesGcmKeys.of("new", Map.of("new", random(24))));

        assertThatThrownBy(() -> decode(encoded, 10)).isInstanceOf(FilterException.class);
    }

    @Test
    void nothingAtAllIsRefused() {
        assertThatThrownBy(() -> decode(new byte[0], 10))
                .isInstanceOf(FilterException.class)
                .hasMessage("aes-gcm: check failed, this is not content of the filter");
    }

    @Test
    void aKeyIdThatNobodyCouldHaveChosenIsNotRepeated() {
        byte[] hostile = new byte[50];
        System.arraycopy(new byte[] {6, '\n', 'E', 'V', 'I', 'L', '\n'}, 0, hostile, 0, 7);

        assertThatThrownBy(() -> decode(hostile, 100)).hasMessageNotContaining("EVIL");
    }

    @Test
    void noKeyIsEverPrinted() {
        String hex = HexFormat.of().formatHex(NEW);

        assertThat(BOTH).hasToString("AesGcmKeys[ids=[old, new], current=new]");
        assertThat(filter).hasToString("AesGcmFilter[id=97]");
        assertThat(BOTH + " " + filter).doesNotContain(hex, Arrays.toString(NEW));
    }

    @Test
    void laterChangesOfTheArrayDoNotChangeTheKey() {
        byte[] key = OLD.clone();
        ring.set(AesGcmKeys.of("k", Map.of("k", key)));
        byte[] encoded = encode(random(10));
        Arrays.fill(key, (byte) 0);

        assertThat(decode(encoded, 10)).isEqualTo(random(10));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 17, 31, 33, 64})
    void aKeyOfAnotherLengthIsRefused(int length) {
        assertThatThrownBy(() -> AesGcmKeys.of("k", Map.of("k", new byte[length])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Key 'k' has " + length + " bytes (expected 16, 24 or 32)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "two words", "é", "a\nb", "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void aKeyIdOfAnotherFormIsRefused(String id) {
        assertThatThrownBy(() -> AesGcmKeys.of(id, Map.of(id, OLD)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Key id '" + id + "' is not valid");
    }

    @Test
    void theCurrentKeyHasToBeThere() {
        assertThatThrownBy(() -> AesGcmKeys.of("gone", Map.of("old", OLD)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No key has the id 'gone' that is to encrypt (there are [old])");
    }
}
