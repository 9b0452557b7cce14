package io.teleport.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignStartTests {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
                    47455420 | ` (it begins with the text "GET ")`
                    504f5354 | ` (it begins with the text "POST")`
                    16030102 | ` (it begins as TLS does)`
                    16040102 | ``
                    474554ff | ``
                    4745547f | ``
                    7fffffff | ``
                    ffffffff | ``
                    00000000 | ``
                    """, delimiter = '|')
    void textAndTlsAreRecognized(String hex, String hint) {
        assertThat(ForeignStart.hint(Long.parseLong(hex, 16))).isEqualTo(hint);
    }
}
