package io.teleport.filter.md5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.filter.FilterException;
import io.teleport.filter.TransferFilter;
import io.teleport.filter.TransferFilterContract;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Md5FilterTests extends TransferFilterContract {

    @Override
    protected TransferFilter filter() {
        return new Md5Filter('m');
    }

    @Override
    protected boolean findsEveryChange() {
        return true;
    }

    @Test
    void theDigestFollowsTheContent() {
        assertThat(encode("abc".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(HexFormat.of().parseHex("616263900150983cd24fb0d6963f7d28e17f72"));
    }

    @Test
    void aTamperedDigestIsToldFromAMissingOne() {
        byte[] tampered = encode(random(10));
        tampered[25]++;

        assertThatThrownBy(() -> decode(tampered, 10))
                .isInstanceOf(FilterException.class)
                .hasMessage("md5: check failed, the digest does not match the content");
        assertThatThrownBy(() -> decode(new byte[15], 10))
                .isInstanceOf(FilterException.class)
                .hasMessage("md5: check failed, 15 bytes cannot hold a digest of 16");
    }
}
