package io.teleport.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.teleport.interop.cells.CaseReporter;
import io.teleport.interop.matrix.Column;
import io.teleport.interop.peers.Ask;
import io.teleport.interop.peers.ClientSide;
import io.teleport.interop.peers.Ending;
import io.teleport.interop.peers.Equipment;
import io.teleport.interop.peers.GoClient;
import io.teleport.interop.peers.GoServer;
import io.teleport.interop.peers.JavaClient;
import io.teleport.interop.peers.JavaProxy;
import io.teleport.interop.peers.JavaServer;
import io.teleport.interop.peers.Outcome;
import io.teleport.interop.peers.Received;
import io.teleport.interop.peers.ServerSide;
import io.teleport.message.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The plugin proxy between a client and a server. */
@NeedsGo
@ExtendWith(CaseReporter.class)
@ParameterizedClass(name = "{0}")
@EnumSource
class ProxyIT implements Column {

    /** Client, proxy, backend. */
    enum Chain {
        GO_GO_GO(true, true),
        GO_JAVA_GO(true, false),
        JAVA_GO_JAVA(false, true),
        JAVA_JAVA_JAVA(false, false);

        private final boolean goEnds;

        private final boolean goProxy;

        Chain(boolean goEnds, boolean goProxy) {
            this.goEnds = goEnds;
            this.goProxy = goProxy;
        }

        @Override
        public String toString() {
            String end = goEnds ? "Go" : "Java";
            return end + " -> " + (goProxy ? "Go" : "Java") + " -> " + end;
        }
    }

    @Parameter
    Chain chain;

    private ServerSide backend;

    private AutoCloseable proxy;

    private ClientSide client;

    @BeforeEach
    void connectAll() {
        backend = chain.goEnds ? new GoServer(PluginPairing.WIRE) : new JavaServer(PluginPairing.WIRE);
        String address;
        if (chain.goProxy) {
            GoServer go = new GoServer(
                    PluginPairing.WIRE,
                    "127.0.0.1:0",
                    Equipment.of(peer -> {}, "--bare", "--proxy-to", backend.address()));
            proxy = go;
            address = go.address();
        } else {
            JavaProxy java = new JavaProxy(PluginPairing.WIRE, backend.address());
            proxy = java;
            address = java.address();
        }
        client = chain.goEnds ? new GoClient(PluginPairing.WIRE, address) : new JavaClient(PluginPairing.WIRE, address);
    }

    @AfterEach
    void endAll() throws Exception {
        try (ServerSide last = backend;
                AutoCloseable middle = proxy;
                ClientSide first = client) {
            assertThat(first).isNotNull();
            assertThat(middle).isNotNull();
            assertThat(last).isNotNull();
        }
    }

    @Test
    void aCallGoesThroughWithItsMetadataAndTheAddressOfTheCaller() {
        Metadata metadata = Metadata.builder()
                .add("k", "v")
                .add("author", "ada")
                .add("k", "w")
                .build();
        Outcome<Integer> outcome = client.call(Ask.sum(1, 2, 3).metadata(metadata));
        PluginPairing.assertResult(outcome, 6);
        assertThat(outcome.metadata().get("X-Served-By")).isEqualTo(chain.goEnds ? "go" : "java");
        Received call = backend.awaitCall("/math/add");
        assertThat(call.metadata().entries().subList(0, 3)).isEqualTo(metadata.entries());
        assertThat(call.metadata().get("X-Real-IP")).isEqualTo(client.sessionId());
    }

    @Test
    void theFirstCallerStaysTheRealOne() {
        PluginPairing.assertResult(client.call(Ask.sum(1, 2).meta("X-Real-IP", "192.0.2.7")), 3);
        assertThat(backend.awaitCall("/math/add").metadata().get("X-Real-IP")).isEqualTo("192.0.2.7");
    }

    @Test
    void aPushGoesThrough() {
        assertThat(client.push(Ask.push("/status", "news \u2603").meta("k", "v"))
                        .isOk())
                .isTrue();
        Received push = backend.awaitPush("/status");
        assertThat(push.text()).isEqualTo("news \u2603");
        assertThat(push.metadata().get("k")).isEqualTo("v");
        assertThat(push.metadata().get("X-Real-IP")).isEqualTo(client.sessionId());
    }

    @Test
    void statusesOfTheBackendPassUnchanged() {
        PluginPairing.assertStatus(
                client.call(Ask.of("/math/divide", Map.of("a", 1, "b", 0), Double.class)),
                1001,
                "divide by zero",
                "b is 0");
        PluginPairing.assertStatus(client.call(Ask.of("/no/such/route", null, Object.class)), 404, "Not Found", "");
    }

    @Test
    void theCodecOfABodyIsKept() {
        assumeTrue(!chain.goProxy, "Go's proxy labels every body with its own default codec");
        Outcome<byte[]> outcome = client.callBytes("/echo/bytes", "text".getBytes(StandardCharsets.UTF_8), 's', "");
        assertThat(outcome.status().isOk()).isTrue();
        assertThat(outcome.codec()).isEqualTo('s');
        assertThat(backend.awaitCall("/echo/bytes").codec()).isEqualTo('s');
    }

    @Test
    void withoutItsBackendACallIs502() {
        assumeTrue(!chain.goProxy, "Go's proxy answers 500 with the text of a nil dereference");
        PluginPairing.assertResult(client.call(Ask.sum(1, 2)), 3);
        backend.endAll(Ending.ABRUPT);
        Outcome<Integer> outcome = client.call(Ask.sum(1, 2));
        assertThat(outcome.code()).as("code of %s", outcome).isEqualTo(502);
        assertThat(outcome.status().msg()).isEqualTo("Bad Gateway");
    }

    @Override
    public String column() {
        return chain.toString();
    }
}
