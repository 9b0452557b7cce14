package io.teleport.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceMethodMapperTests {

    @Test
    void handlersOfAControllerAreMappedTwice() {
        ServiceMethodMapper http = ServiceMethodMapper.http();
        ServiceMethodMapper rpc = ServiceMethodMapper.rpc();

        assertThat(http.map(http.map("", "UserHome"), "Aa_Bb")).isEqualTo("/user_home/aa/bb");
        assertThat(rpc.map(rpc.map("", "UserHome"), "Aa_Bb")).isEqualTo("UserHome.Aa.Bb");
    }

    @ParameterizedTest
    @CsvSource({
        "a/_B, /a/b",
        "a/__B, /a/b",
        "a/_, /a",
        "../../Etc, /etc",
        "ΑΣ_ΑΣ, /ασ/ασ",
        "İx, /ix",
    })
    void pathsHaveNoDoubledSeparatorsAndNoSpecialCasing(String name, String path) {
        assertThat(ServiceMethodMapper.http().map("", name)).isEqualTo(path);
    }
}
