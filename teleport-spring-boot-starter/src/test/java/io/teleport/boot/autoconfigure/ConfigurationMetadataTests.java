package io.teleport.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.peer.PeerDefaults;
import io.teleport.peer.PoolOptions;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What editors show about the keys. */
class ConfigurationMetadataTests {

    private static final Map<String, JsonNode> KEYS = new LinkedHashMap<>();

    static {
        try (InputStream in =
                TeleportProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            JsonMapper.shared()
                    .readTree(Objects.requireNonNull(in))
                    .get("properties")
                    .forEach(key -> KEYS.put(key.get("name").asString(), key));
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Test
    void everyKeyIsDescribed() {
        assertThat(KEYS).isNotEmpty().allSatisfy((name, key) -> {
            assertThat(name).matches("(management\\.endpoint\\.(sockets|teleport)|teleport)\\..*");
            assertThat(key.path("description").asString("")).matches("[A-Z].*\\.");
        });
    }

    @Test
    void everySettingOfAPeerIsAKeyOfTheDefaults() {
        Stream<String> settings = settings("teleport.defaults.", TeleportProperties.Settings.class);
        assertThat(KEYS.keySet()).containsAll(settings.toList()).contains("teleport.enabled", "teleport.peers");
    }

    private static Stream<String> settings(String prefix, Class<?> group) {
        return Stream.of(group.getRecordComponents()).flatMap(component -> {
            String key = prefix + dashed(component.getName());
            return Mergeable.class.isAssignableFrom(component.getType())
                    ? settings(key + ".", component.getType())
                    : Stream.of(key);
        });
    }

    @Test
    void defaultsAreThoseOfTheCore() {
        assertThat(text("protocol")).isEqualTo(PeerDefaults.PROTOCOL);
        assertThat(text("body-codec")).isEqualTo(PeerDefaults.BODY_CODEC);
        assertThat(DataSize.parse(text("message-limit")).toBytes()).isEqualTo(PeerDefaults.MESSAGE_LIMIT);
        assertThat(DataSize.parse(text("outbound-limit")).toBytes()).isEqualTo(PeerDefaults.OUTBOUND_LIMIT);
        assertThat(text("login-policy"))
                .isEqualTo(PeerDefaults.LOGIN_POLICY
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-'));
        assertThat(text("outbound-policy"))
                .isEqualTo(PeerDefaults.OUTBOUND_POLICY.name().toLowerCase(Locale.ROOT));
        assertThat(number("pending-limit")).isEqualTo(PeerDefaults.PENDING_LIMIT);
        assertThat(number("handlers-per-session")).isEqualTo(PeerDefaults.HANDLERS_PER_SESSION);
        assertThat(number("handler.threads")).isEqualTo(PeerDefaults.HANDLER_THREADS);
        assertThat(number("handler.queue")).isEqualTo(PeerDefaults.HANDLER_QUEUE);
        assertThat(number("closed-socket-history")).isEqualTo(PeerDefaults.CLOSED_SOCKET_HISTORY);
        assertThat(duration("frame-timeout")).isEqualTo(PeerDefaults.FRAME_TIMEOUT);
        assertThat(duration("handshake-timeout")).isEqualTo(PeerDefaults.HANDSHAKE_TIMEOUT);
        assertThat(duration("dial-timeout")).isEqualTo(PeerDefaults.DIAL_TIMEOUT);
        assertThat(duration("call-timeout")).isEqualTo(PeerDefaults.CALL_TIMEOUT);
        assertThat(duration("close-timeout")).isEqualTo(PeerDefaults.CLOSE_TIMEOUT);
        PoolOptions pool = PoolOptions.defaults();
        assertThat(number("pool.max-sessions")).isEqualTo(pool.maxSessions());
        assertThat(number("pool.busy-calls")).isEqualTo(pool.busyCalls());
        assertThat(duration("pool.idle-time")).isEqualTo(pool.idleTime());
    }

    private static String text(String key) {
        return KEYS.get("teleport.defaults." + key).get("defaultValue").asString();
    }

    private static int number(String key) {
        return KEYS.get("teleport.defaults." + key).get("defaultValue").asInt();
    }

    private static Duration duration(String key) {
        return DurationStyle.detectAndParse(text(key));
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
