package io.teleport.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.peer.PeerDefaults;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
        Stream<String> settings = Stream.concat(
                Stream.of(TeleportProperties.Settings.class.getRecordComponents())
                        .map(component -> component.getName())
                        .filter(name ->
                                !Set.of("handler", "tls", "aesGcm", "webSocket").contains(name)),
                Stream.of(
                        "handler.threads",
                        "handler.queue",
                        "tls.bundle",
                        "tls.clientAuth",
                        "tls.verifyHostname",
                        "aesGcm.id",
                        "aesGcm.keys",
                        "aesGcm.activeKey",
                        "webSocket.allowedOrigins",
                        "webSocket.dialHeaders",
                        "webSocket.pingInterval"));
        assertThat(KEYS.keySet())
                .containsAll(settings.map(name -> "teleport.defaults." + dashed(name))
                        .toList())
                .contains("teleport.enabled", "teleport.peers");
    }

    @Test
    void defaultsAreThoseOfTheCore() {
        assertThat(text("protocol")).isEqualTo(PeerDefaults.PROTOCOL);
        assertThat(text("body-codec")).isEqualTo(PeerDefaults.BODY_CODEC);
        assertThat(DataSize.parse(text("message-limit")).toBytes()).isEqualTo(PeerDefaults.MESSAGE_LIMIT);
        assertThat(DataSize.parse(text("outbound-limit")).toBytes()).isEqualTo(PeerDefaults.OUTBOUND_LIMIT);
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
