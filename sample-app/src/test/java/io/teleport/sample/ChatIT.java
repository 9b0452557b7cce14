package io.teleport.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.boot.Teleport;
import io.teleport.codec.TypeRef;
import io.teleport.message.Status;
import io.teleport.peer.Peer;
import io.teleport.plugin.auth.AuthBearer;
import io.teleport.plugin.auth.TokenSupplier;
import io.teleport.session.Reply;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketSnapshot;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import tools.jackson.databind.json.JsonMapper;

/** The chat and its logins, as any client would use them. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "sample.demo=false",
            "sample.port=0",
            "sample.chat-port=0",
            "sample.browser-port=0",
            "sample.tokens.ada=token of ada",
            "sample.tokens.bob=token of bob",
            "sample.tokens.eve=token of eve"
        })
class ChatIT {

    private final BlockingQueue<Map<String, String>> heard = new LinkedBlockingQueue<>();

    private final List<Peer> clients = new ArrayList<>();

    @Value("${local.teleport.chat.port}")
    private int port;

    @Value("${local.server.port}")
    private int httpPort;

    @Autowired
    private Teleport teleport;

    private Session loginAs(String user) {
        return login("token of " + user);
    }

    private Session login(String token) {
        Peer client =
                Peer.builder().plugin(AuthBearer.of(TokenSupplier.fixed(token))).build();
        client.router()
                .push("/chat/message", new TypeRef<Map<String, String>>() {}, (context, message) -> heard.add(message));
        clients.add(client);
        return client.dial("tcp://127.0.0.1:" + port);
    }

    private static List<String> join(Session session, String room) {
        return session.call("/chat/join", Map.of("room", room), new TypeRef<List<String>>() {});
    }

    @AfterEach
    void disconnect() {
        clients.forEach(Peer::close);
    }

    @Test
    void everybodyInTheRoomHearsWhatIsSaidThereByTheNameOfTheLogin() throws Exception {
        Session ada = loginAs("ada");
        Session bob = loginAs("bob");
        assertThat(join(ada, "lobby")).containsExactly("ada");
        join(bob, "lobby");
        join(loginAs("eve"), "attic");

        int reached = bob.call("/chat/say", Map.of("text", "hello"), int.class);

        assertThat(reached).isEqualTo(2);
        Map<String, String> expected = Map.of("room", "lobby", "from", "bob", "text", "hello");
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(expected);
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(expected);
        List<String> members = ada.call("/chat/members", null, new TypeRef<List<String>>() {});
        assertThat(members).containsExactly("ada", "bob");
    }

    @Test
    void aWrongTokenIsRefused() {
        assertThatThrownBy(() -> login("a guess")).hasMessage("105 Dial Failed: invalid token");
    }

    @Test
    void whoDoesNotLogInIsDisconnected() {
        try (Peer guest = Peer.client()) {
            Session session = guest.dial("tcp://127.0.0.1:" + port);
            Reply<Void> reply = session.request("/chat/members").call(null, void.class);
            assertThat(reply.status().code()).isEqualTo(102);
        }
    }

    @Test
    void whoTalksTooFastIsToldSo() {
        Session ada = loginAs("ada");
        join(ada, "market");
        List<CompletableFuture<Reply<Integer>>> said = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            said.add(ada.request("/chat/say").callAsync(Map.of("text", "buy"), int.class));
        }

        List<Reply<Integer>> replies =
                said.stream().map(CompletableFuture::join).toList();

        assertThat(replies)
                .filteredOn(reply -> !reply.isOk())
                .isNotEmpty()
                .allSatisfy(reply ->
                        assertThat(reply.status()).isEqualTo(Status.of(500, "qps overload, session_limit=50")));
        assertThat(ada.isHealthy()).isTrue();
    }

    @Test
    void aSecondLoginEndsTheFirstWhoseSocketSaysWhy() throws Exception {
        Session first = loginAs("ada");
        join(first, "hall");
        String address = first.localAddress();

        Session second = loginAs("ada");

        assertThat(join(second, "hall")).containsExactly("ada");
        assertThat(first.closeFuture()
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS)
                        .reason())
                .isEqualTo(CloseReason.REMOTE);
        Peer chat = teleport.peer("chat");
        assertThat(chat.sessions().ofPrincipal("ada"))
                .singleElement()
                .satisfies(there -> assertThat(there.remoteAddress()).isEqualTo(second.localAddress()));
        SocketSnapshot kicked = chat.sockets().closed().stream()
                .filter(socket -> socket.remoteAddress().equals(address))
                .findFirst()
                .orElseThrow();
        assertThat(kicked.closeReason()).isEqualTo(CloseReason.KICKED);
        assertThat(kicked.principal()).isEqualTo("ada");
    }

    @Test
    void actuatorShowsWhoIsLoggedInWhatWaitsAndTheLastBeat() throws Exception {
        Session ada = loginAs("ada");
        ada.request("/heartbeat").meta("hb_", "3").call(null, byte[].class).body();
        String address = ada.localAddress();
        HttpRequest sockets = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + httpPort + "/actuator/sockets?state=open"))
                .build();
        String shown = HttpClient.newHttpClient()
                .send(sockets, HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(new JsonMapper().readTree(shown).get("sockets"))
                .filteredOn(socket -> socket.get("peer").stringValue().equals("chat")
                        && socket.get("remoteAddress").stringValue().equals(address))
                .singleElement()
                .satisfies(socket -> {
                    assertThat(socket.get("principal").stringValue()).isEqualTo("ada");
                    assertThat(socket.get("outboundBytes").intValue()).isZero();
                    assertThat(socket.get("outboundPolicy").stringValue()).isEqualTo("DROP_OLDEST_PUSH");
                    assertThat(socket.get("lastBeatAt").isNull()).isFalse();
                });
    }

    @Test
    void aMemberWhoDisconnectsLeaves() throws Exception {
        Session ada = loginAs("ada");
        Session bob = loginAs("bob");
        join(ada, "hall");
        join(bob, "hall");
        bob.close();
        bob.closeFuture().toCompletableFuture().get(20, TimeUnit.SECONDS);
        // The service learns of it a moment later than we do; each answer is an event, so asking again is not waiting
        // for time.
        List<String> members;
        do {
            members = ada.call("/chat/members", null, new TypeRef<List<String>>() {});
        } while (members.contains("bob"));
        assertThat(members).containsExactly("ada");
    }

    @Test
    void sayingBeforeJoiningIsRefused() {
        Reply<Integer> reply = loginAs("ada").request("/chat/say").call(Map.of("text", "hello"), int.class);
        assertThat(reply.status()).isEqualTo(Status.of(400, "Bad Message", "call /chat/join before this"));
    }
}
