package io.teleport.boot.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.boot.autoconfigure.TeleportAutoConfiguration;
import io.teleport.boot.autoconfigure.TeleportProperties;
import io.teleport.boot.autoconfigure.actuate.TeleportEndpointAutoConfiguration;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.autoconfigure.context.properties.ConfigurationPropertiesReportEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** Secrets of an application with every one there is, as an operator looks at its properties. */
@ExtendWith(OutputCaptureExtension.class)
class SecretPropertiesTests {

    private static final String MARKER = "hunter2-MARKER-x";

    private static final String KEY = Base64.getEncoder().encodeToString(MARKER.getBytes(StandardCharsets.UTF_8));

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    SslAutoConfiguration.class,
                    TeleportAutoConfiguration.class,
                    TeleportEndpointAutoConfiguration.class,
                    ConfigurationPropertiesReportEndpointAutoConfiguration.class,
                    EnvironmentEndpointAutoConfiguration.class))
            .withPropertyValues(
                    "management.endpoints.web.exposure.include=*",
                    "teleport.peers.one.auth.token=" + MARKER,
                    "teleport.peers.one.secure.keys.k1=" + KEY,
                    "teleport.peers.one.secure.active-key=k1",
                    "teleport.peers.one.aes-gcm.id=200",
                    "teleport.peers.one.aes-gcm.keys.k1=" + KEY,
                    "teleport.peers.one.aesGcm.active-key=k1",
                    "teleport.peers.one.web-socket.dial-headers.Authorization=" + MARKER,
                    "teleport.peers[two].secure.weak_key=" + KEY,
                    "teleport.defaults.web-socket.dial-headers.Cookie=" + MARKER);

    /** As the endpoints answer it: of Boot's objects, what the web shows. */
    private static String answers(ApplicationContext context) {
        return JsonMapper.shared()
                        .writeValueAsString(context.getBean(ConfigurationPropertiesReportEndpoint.class)
                                .configurationProperties())
                + JsonMapper.shared()
                        .writeValueAsString(
                                context.getBean(EnvironmentEndpoint.class).environment("teleport|spring"))
                + JsonMapper.shared()
                        .writeValueAsString(
                                context.getBean(TeleportEndpoint.class).teleport());
    }

    @ParameterizedTest
    @ValueSource(strings = {"never", "when-authorized", "always"})
    void noEndpointShowsASecretWhateverItIsToldToShow(String values, CapturedOutput output) {
        runner.withPropertyValues(
                        "management.endpoint.env.show-values=" + values,
                        "management.endpoint.configprops.show-values=" + values)
                .run(context -> {
                    String answers = answers(context);
                    assertThat(answers)
                            .contains("teleport.peers.one.auth.token", "weak_key", "dialHeaders")
                            .doesNotContain(MARKER, KEY);
                    if (values.equals("always")) {
                        assertThat(answers).as("what is no secret").contains("\"200\"");
                    }
                    assertThat(context.getBean("teleportSecretProperties")).isInstanceOf(SecretProperties.class);
                });
        assertThat(output).doesNotContain(MARKER, KEY);
    }

    @Test
    void passwordsOfSslBundlesAreHiddenByBootUnlessItIsToldToShowThem() {
        runner.withPropertyValues("spring.ssl.bundle.jks.one.keystore.password=" + MARKER)
                .run(context -> assertThat(answers(context))
                        .contains("spring.ssl.bundle.jks.one.keystore.password")
                        .doesNotContain(MARKER));
    }

    @ParameterizedTest
    @CsvSource({
        "teleport.peers.chat.auth.token, true",
        "teleport.peers[chat.eu].auth.token, true",
        "TELEPORT_PEERS_CHAT_AUTH_TOKEN, true",
        "TELEPORT_DEFAULTS_WEBSOCKET_DIALHEADERS_COOKIE, true",
        "teleport.defaults.auth.token, true",
        "TELEPORT_PEERS_CHAT_SECURE_WEAK_KEY, true",
        "teleport.peers.chat.web_socket.dial_headers.Cookie, true",
        "teleport.peers.chat.secure.weak-key, true",
        "teleport.peers.chat.secure.weakKey, true",
        "teleport.peers.chat.secure.keys[k.1], true",
        "teleport.peers.chat.aesGcm.keys.k1, true",
        "teleport.peers.chat.auth.checker, false",
        "teleport.peers.chat.secure.active-key, false",
        "teleport.peers.chat.web-socket.allowed-origins[0], false",
        "other.peers.chat.auth.token, false"
    })
    void everySpellingOfASecretIsHiddenAndNothingElse(String key, boolean hidden) {
        Object shown = new SecretProperties()
                .apply(new SanitizableData(null, key, "x"))
                .getValue();
        assertThat(shown).isEqualTo(hidden ? SanitizableData.SANITIZED_VALUE : "x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "teleport.peers.bad.secure.keys.k1",
                "teleport.peers.bad.secure.weak-key",
                "teleport.peers.bad.aes-gcm.keys.k1"
            })
    void aKeyThatCannotBeUsedIsNotQuotedByTheFailure(String property) {
        for (String wrong : new String[] {"no base 64: " + MARKER, KEY + KEY.substring(0, 4)}) {
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(TeleportAutoConfiguration.class))
                    .withPropertyValues(
                            property + "=" + wrong,
                            property.contains("weak") ? "x=y" : property.replaceAll("keys.k1", "active-key") + "=k1",
                            "teleport.peers.bad.aes-gcm.id=200")
                    .run(context -> assertThat(context).getFailure().satisfies(failure -> {
                        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                            assertThat(cause.toString()).doesNotContain(MARKER, KEY);
                        }
                    }));
        }
    }

    @Test
    void whatIsBoundHidesThemToo() {
        runner.run(context -> assertThat(Map.of("bound", context.getBean(TeleportProperties.class))
                        .toString())
                .contains("k1")
                .doesNotContain(MARKER, KEY));
    }
}
