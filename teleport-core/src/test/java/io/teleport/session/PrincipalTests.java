package io.teleport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrincipalTests {

    @Test
    void aPrincipalIsKnownByItsNameAndMayHaveRolesAndAttributes() {
        Principal ada = new Principal("ada", Set.of("admin"), Map.of("tenant", 7));
        assertThat(ada.name()).isEqualTo("ada");
        assertThat(ada.hasRole("admin")).isTrue();
        assertThat(ada.hasRole("guest")).isFalse();
        assertThat(ada.attributes()).containsEntry("tenant", 7);
        assertThat(Principal.of("ada", "admin")).isEqualTo(new Principal("ada", Set.of("admin"), Map.of()));
    }

    @Test
    void attributesAreNotShown() {
        assertThat(new Principal("ada", Set.of("admin"), Map.of("token", "s3cret")))
                .hasToString("ada [admin]");
        assertThat(Principal.of("ada")).hasToString("ada");
    }

    @Test
    void aPrincipalDoesNotChangeWithWhatItWasMadeOf() {
        Set<String> roles = new HashSet<>(Set.of("admin"));
        Map<String, Object> attributes = new HashMap<>(Map.of("a", 1));
        Principal ada = new Principal("ada", roles, attributes);
        roles.clear();
        attributes.clear();
        assertThat(ada.hasRole("admin")).isTrue();
        assertThat(ada.attributes()).containsKey("a");
    }

    @Test
    void aBlankNameIsRefused() {
        assertThatThrownBy(() -> Principal.of(" ")).hasMessage("The name of a principal is blank (expected a name)");
    }
}
