package io.teleport.sample.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.session.Principal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTokensTests {

    private final ChatTokens tokens = new ChatTokens(Map.of("ada", "token of ada"), "secret");

    @Test
    void knowsUsersByTheirTokens() {
        assertThat(tokens.userOf("token of ada")).isEqualTo(Principal.of("ada"));
    }

    @Test
    void knowsMembersOfAFleetByTheSecret() {
        assertThat(tokens.userOf("fleet-17:secret")).isEqualTo(Principal.of("fleet-17"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "fleet-17", "fleet-17:", "fleet-17:guess", "fleet-0:secret", "ada:secret"})
    void letsNobodyElseIn(String token) {
        assertThat(tokens.userOf(token)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fleet-17:", "fleet-17: ", "fleet-17:secret"})
    void hasNoFleetWithoutASecret(String token) {
        assertThat(new ChatTokens(Map.of(), "").userOf(token)).isNull();
        assertThat(new ChatTokens(Map.of(), " ").userOf(token)).isNull();
    }
}
