package io.teleport.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.boot.Teleport;
import io.teleport.filter.TransferFilter;
import io.teleport.peer.Peer;
import io.teleport.session.Session;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The filter that encrypts, out of properties. */
class AesGcmSettingsTests {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TeleportAutoConfiguration.class));

    @Test
    void withoutKeysThereIsNoFilter() {
        runner.withPropertyValues("teleport.peers.plain.protocol=raw")
                .run(context -> assertThat(context.getBean(Teleport.class)
                                .peer("plain")
                                .options()
                                .filters())
                        .extracting(TransferFilter::name)
                        .doesNotContain("aes-gcm"));
    }

    @Test
    void peersWithTheSameKeysUnderstandEachOther() {
        runner.withPropertyValues(
                        "teleport.defaults.aes-gcm.id=101",
                        "teleport.defaults.aes-gcm.keys.k1=" + KEY,
                        "teleport.defaults.aes-gcm.active-key=k1",
                        "teleport.peers.server.listen=tcp://127.0.0.1:0",
                        "teleport.peers.client.protocol=raw")
                .run(context -> {
                    Peer server = context.getBean(Teleport.class).peer("server");
                    server.router().call("/echo", String.class, (call, text) -> text);
                    Session session =
                            context.getBean(Teleport.class).peer("client").dial("tcp://127.0.0.1:" + server.port());
                    assertThat(session.request("/echo")
                                    .filter("aes-gcm")
                                    .call("hello", String.class)
                                    .body())
                            .isEqualTo("hello");
                });
    }

    private void assertRefused(String text, String... properties) {
        runner.withPropertyValues(properties).run(context -> {
            FailureAnalysis analysis = new InvalidPeerFailureAnalyzer().analyze(context.getStartupFailure());
            assertThat(analysis).isNotNull();
            assertThat(analysis.getDescription()).contains(text).doesNotContain(KEY);
            assertThat(analysis.getAction()).contains("Correct teleport.peers.p.aes-gcm,");
        });
    }

    @Test
    void whatIsMissingIsNamed() {
        assertRefused(
                "Of 'id', 'keys' and 'active-key' some are missing (found: AesGcm[id=null, keys=[k1], activeKey=k1])",
                "teleport.peers.p.aes-gcm.keys.k1=" + KEY,
                "teleport.peers.p.aes-gcm.active-key=k1");
    }

    @Test
    void unusableKeysAreRefusedByTheirIds() {
        assertRefused(
                "Key 'k1' is not Base64",
                "teleport.peers.p.aes-gcm.id=101",
                "teleport.peers.p.aes-gcm.keys.k1=*",
                "teleport.peers.p.aes-gcm.active-key=k1");
        assertRefused(
                "Key 'k1' has 1 bytes (expected 16, 24 or 32)",
                "teleport.peers.p.aes-gcm.id=101",
                "teleport.peers.p.aes-gcm.keys.k1=AA==",
                "teleport.peers.p.aes-gcm.active-key=k1");
        assertRefused(
                "No key has the id 'k2' that is to encrypt (there are [k1])",
                "teleport.peers.p.aes-gcm.id=101",
                "teleport.peers.p.aes-gcm.keys.k1=" + KEY,
                "teleport.peers.p.aes-gcm.active-key=k2");
    }
}
