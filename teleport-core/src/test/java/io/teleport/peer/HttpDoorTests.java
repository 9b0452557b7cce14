package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.peer.HttpClientSocket.Response;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketSnapshot;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that speaks http, and clients that know nothing of Teleport. */
class HttpDoorTests {

    private static final int LIMIT = 64 * 1024;

    private static final String ADD = "POST /math/add HTTP/1.1\r\nContent-Type: application/json\r\n";

    private final CompletableFuture<String> slow = new CompletableFuture<>();

    private final CompletableFuture<Session> called = new CompletableFuture<>();

    private final CompletableFuture<CloseCause> end = new CompletableFuture<>();

    private Peer server;

    private HttpClientSocket client;

    @BeforeEach
    void open() throws Exception {
        server = Peer.builder()
                .protocol("http")
                .messageLimit(LIMIT)
                .eventLoopThreads(1)
                .listen("tcp://127.0.0.1:0")
                .build();
        server.router()
                .call("/math/add", int[].class, (context, numbers) -> {
                    called.complete(context.session());
                    return IntStream.of(numbers).sum();
                })
                .call(
                        "/meta",
                        byte[].class,
                        (context, body) -> context.metadata().get("X-Tag", "none"))
                .call("/slow", byte[].class, (context, body) -> {
                    called.complete(context.session());
                    return slow;
                })
                .call("/length", byte[].class, (context, body) -> body.length)
                .call("/refuse", byte[].class, (context, body) -> {
                    throw new StatusException(1001, "divide by zero", "b is 0");
                })
                .call("/fail", byte[].class, (context, body) -> {
                    throw new IllegalStateException("secret of the house");
                });
        server.start();
        client = new HttpClientSocket(server);
    }

    @AfterEach
    void close() throws Exception {
        slow.complete("too late");
        client.close();
        server.close();
    }

    /** The end as the registry remembers it. */
    private SocketSnapshot ended() throws Exception {
        server.sockets().sockets().forEach(socket -> socket.closeFuture().thenAccept(end::complete));
        if (server.sockets().closed().isEmpty()) {
            end.get(60, TimeUnit.SECONDS);
        }
        return server.sockets().closed().get(0);
    }

    private void assertAnswer(String body) throws Exception {
        Response response = client.receive();
        assertThat(response.line()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    void whatCurlSendsForDataIsReadAsJson() throws Exception {
        client.send("POST /math/add HTTP/1.1\r\nHost: localhost:9090\r\nUser-Agent: curl/8\r\nAccept: */*\r\n"
                + "Content-Length: 7\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n[1,2,3]");
        Response response = client.receive();
        assertThat(response.line()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(response.head()).contains("Content-Type: application/json;charset=utf-8");
        assertThat(response.body()).isEqualTo("6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-length: 7\r\ncontent-type: application/json\r\n",
                "CONTENT-LENGTH:7\r\nCONTENT-TYPE:APPLICATION/JSON; CHARSET=UTF-8\r\n",
                "Content-Length: \t7 \r\n",
                "Content-Length: 007\r\nContent-Type: application/problem+json\r\n",
                "Content-Length: 7\nContent-Type: application/octet-stream\n"
            })
    void headersAreUnderstoodHoweverTheyAreWritten(String headers) throws Exception {
        client.send("POST /math/add HTTP/1.1\r\n" + headers + "\r\n[1,2,3]");
        assertAnswer("6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /meta?X-Tag=a+b%21 HTTP/1.1\r\n\r\n",
                "GET http://any.host/meta HTTP/1.1\r\nx-tag: a b!\r\n\r\n",
                "POST /meta?X-Tag=other HTTP/1.1\r\nX-TAG: a b!\r\nContent-Length: 0\r\n\r\n",
                "\r\nGET /%6deta?X-Tag=a%20b! HTTP/1.1\r\n\r\n"
            })
    void queryAndHeadersAreMetadata(String request) throws Exception {
        client.send(request);
        assertAnswer("\"a b!\"");
    }

    @Test
    void aBodyMayComeInChunksByteByByte() throws Exception {
        String request = ADD + "Transfer-Encoding: Chunked\r\nTrailer: Check\r\n\r\n"
                + "1\r\n[\r\n003;name=\"value\"\r\n1,2\r\n3 \r\n,3]\r\n0\r\nCheck: sum\r\n\r\n" + ADD
                + "Content-Length: 3\r\n\r\n[4]";
        for (int i = 0; i < request.length(); i++) {
            client.send(request.substring(i, i + 1));
        }
        assertAnswer("6");
        assertAnswer("4");
    }

    @Test
    void whoAsksBeforeItSendsItsBodyIsToldToGoOn() throws Exception {
        client.send(ADD + "Expect: 100-Continue\r\nContent-Length: 7\r\n\r\n");
        assertThat(client.receive().head()).containsExactly("HTTP/1.1 100 Continue");
        client.send("[1,2,3]");
        assertAnswer("6");
        client.send(ADD + "Expect: 100-continue\r\nContent-Length: 7\r\n\r\n[1,2,4]");
        assertAnswer("7");
    }

    @Test
    void aConnectionServesManyRequests() throws Exception {
        for (int i = 0; i < 100; i++) {
            String body = "[" + i + "]";
            client.send(ADD + "Content-Length: " + body.length() + "\r\n\r\n" + body);
            assertAnswer(String.valueOf(i));
        }
        assertThat(server.sockets().openCount()).isOne();
    }

    @Test
    void requestsSentAtOnceAreAnsweredInTheirOrder() throws Exception {
        StringBuilder requests = new StringBuilder("GET /slow HTTP/1.1\r\n\r\n");
        for (int i = 0; i < 100; i++) {
            requests.append(
                    i % 3 == 0 ? "GET /nowhere HTTP/1.1\r\n\r\n" : ADD + "Content-Length: 3\r\n\r\n[" + i % 10 + "]");
        }
        client.send(requests.toString());
        called.get(60, TimeUnit.SECONDS);
        slow.complete("first");
        assertAnswer("\"first\"");
        for (int i = 0; i < 100; i++) {
            if (i % 3 == 0) {
                assertThat(client.receive().line()).isEqualTo("HTTP/1.1 299 Business Error");
            } else {
                assertAnswer(String.valueOf(i % 10));
            }
        }
    }

    @Test
    void whatIsWrongBehindAGoodRequestIsAnsweredBehindIt() throws Exception {
        client.send("GET /slow HTTP/1.1\r\n\r\nnonsense\r\n");
        called.get(60, TimeUnit.SECONDS);
        slow.complete("first");
        assertAnswer("\"first\"");
        assertThat(client.receive().line()).isEqualTo("HTTP/1.1 400 Bad Request");
        assertThat(client.isAtEnd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1\r\nConnection: Keep-Alive, Close",
                "HTTP/1.0",
                "HTTP/1.1\r\nX-Seq: 7\r\nconnection: close\r\nContent-Type: application/json"
            })
    void whoWantsTheEndGetsItBehindItsAnswer(String rest) throws Exception {
        client.send("GET /slow " + rest + "\r\n\r\nGET /meta HTTP/1.1\r\n\r\n");
        called.get(60, TimeUnit.SECONDS);
        slow.complete("last");
        Response response = client.receive();
        assertThat(response.line()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(response.head()).contains("Connection: close");
        assertThat(response.body()).isEqualTo("\"last\"");
        assertThat(client.isAtEnd()).isTrue();
        client.close();
        assertThat(ended().closeReason()).isEqualTo(CloseReason.REMOTE);
        assertThat(ended().error()).contains("last request");
    }

    @Test
    void anOldClientMayKeepItsConnection() throws Exception {
        for (int i = 0; i < 3; i++) {
            client.send("GET /meta HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(client.receive().head()).contains("Connection: keep-alive");
        }
    }

    @Test
    void aStatusIsTheBodyOfAResponse299() throws Exception {
        client.send("GET /refuse HTTP/1.1\r\n\r\n");
        Response refused = client.receive();
        assertThat(refused.line()).isEqualTo("HTTP/1.1 299 Business Error");
        assertThat(refused.head()).contains("Content-Type: application/json");
        assertThat(refused.body()).isEqualTo("{\"code\":1001,\"msg\":\"divide by zero\",\"cause\":\"b is 0\"}");

        client.send("GET /nowhere HTTP/1.1\r\n\r\n");
        assertThat(client.receive().body()).isEqualTo("{\"code\":404,\"msg\":\"Not Found\",\"cause\":\"\"}");

        client.send("GET /fail HTTP/1.1\r\n\r\n");
        assertThat(client.receive().body())
                .isEqualTo("{\"code\":500,\"msg\":\"Internal Server Error\",\"cause\":\"\"}");

        client.send(ADD + "Content-Length: 3\r\n\r\n{x}");
        assertThat(client.receive().body()).startsWith("{\"code\":400,\"msg\":\"Bad Message\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 Bad Request                     | nonsense~~",
                "400 Bad Request                     | GET /meta~~",
                "400 Bad Request                     | GET /meta TTP/1.1~~",
                "400 Bad Request                     | GET /a b HTTP/1.1~~",
                "400 Bad Request                     | GET /a%zz HTTP/1.1~~",
                "400 Bad Request                     | G@T / HTTP/1.1~~",
                "400 Bad Request                     | GET / HTTP/1.1~No Colon~~",
                "400 Bad Request                     | GET / HTTP/1.1~Space : x~~",
                "400 Bad Request                     | GET / HTTP/1.1~A: b~ folded~~",
                "400 Bad Request                     | GET / HTTP/1.1~: nameless~~",
                "400 Bad Request                     | POST / HTTP/1.1~Content-Length: -1~~",
                "400 Bad Request                     | POST / HTTP/1.1~Content-Length: +1~~",
                "400 Bad Request                     | POST / HTTP/1.1~Content-Length: 1, 1~~",
                "400 Bad Request                     | POST / HTTP/1.1~Content-Length: 1~content-length: 2~~",
                "400 Bad Request                     | POST / HTTP/1.1~Content-Length: 1~Transfer-Encoding: chunked~~",
                "400 Bad Request                     | POST / HTTP/1.0~Transfer-Encoding: chunked~~",
                "400 Bad Request                     | POST / HTTP/1.1~Transfer-Encoding: chunked~~g~",
                "400 Bad Request                     | POST / HTTP/1.1~Transfer-Encoding: chunked~~-1~",
                "400 Bad Request                     | POST / HTTP/1.1~Transfer-Encoding: chunked~~2~abcd",
                "400 Bad Request                     | POST / HTTP/1.1~X-Mtype: 3~~",
                "400 Bad Request                     | POST / HTTP/1.1~X-Seq: one~~",
                "405 Method Not Allowed              | DELETE /math/add HTTP/1.1~~",
                "405 Method Not Allowed              | OPTIONS * HTTP/1.1~~",
                "415 Unsupported Media Type          | POST / HTTP/1.1~Content-Type: multipart/form-data~~",
                "415 Unsupported Media Type          | POST / HTTP/1.1~Content-Encoding: br~~",
                "417 Expectation Failed              | POST / HTTP/1.1~Expect: wonders~~",
                "501 Not Implemented                 | POST / HTTP/1.1~Transfer-Encoding: gzip, chunked~~",
                "505 HTTP Version Not Supported      | GET / HTTP/2.0~~",
                "505 HTTP Version Not Supported      | PRI * HTTP/2.0~~SM~~"
            })
    void whatIsNoRequestIsAnsweredAndTheConnectionClosed(String status, String request) throws Exception {
        client.send(request.replace("~", "\r\n"));
        Response response = client.receive();
        assertThat(response.line()).isEqualTo("HTTP/1.1 " + status);
        assertThat(response.head()).contains("Connection: close");
        assertThat(response.body()).startsWith("http: ");
        assertThat(client.isAtEnd()).isTrue();
        client.close();
        assertThat(ended().closeReason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
        assertThat(ended().error() + "\n").isEqualTo(response.body());
    }

    @Test
    void aHeadRequestGetsNoBody() throws Exception {
        client.send("HEAD /math/add HTTP/1.1\r\n\r\n");
        assertThat(client.receive().head()).contains("HTTP/1.1 405 Method Not Allowed", "Allow: GET, POST");
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void whatIsNoHttpIsAnsweredAtOnce() throws Exception {
        client.send(new byte[] {0x16, 3, 1, 2, 0});
        assertThat(client.receive().line()).isEqualTo("HTTP/1.1 400 Bad Request");
    }

    private void assertTooLarge(String status) throws Exception {
        assertThat(client.receive().line()).isEqualTo("HTTP/1.1 " + status);
        assertThat(client.isAtEnd()).isTrue();
        client.close();
        assertThat(ended().closeReason()).isEqualTo(CloseReason.FRAME_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 65536\r\n\r\n",
                "Content-Length: 99999999999999999999999999\r\n\r\n",
                "Expect: 100-continue\r\nContent-Length: 10000000\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n",
                "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffffffff\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\nfffb\r\n"
            })
    void aBodyBeyondTheLimitIsRefusedBeforeItComes(String rest) throws Exception {
        client.send(ADD + rest);
        assertTooLarge("413 Content Too Large");
    }

    @Test
    void manySmallChunksCountAsWhatTheyAre() throws Exception {
        client.send(ADD + "Transfer-Encoding: chunked\r\n\r\n" + "1\r\n \r\n".repeat(LIMIT / 6));
        assertTooLarge("413 Content Too Large");
    }

    @Test
    void whoIsRefusedCanReadSoThoughItSendsOn() throws Exception {
        client.send(ADD + "Content-Length: 2000000\r\n\r\n");
        client.send(new byte[2_000_000]);
        assertTooLarge("413 Content Too Large");
    }

    @Test
    void endlessLinesAndHeadersAreRefused() throws Exception {
        client.send("GET /" + "a".repeat(8 * 1024));
        assertTooLarge("414 URI Too Long");
    }

    @Test
    void tooManyHeadersAreRefused() throws Exception {
        client.send("GET / HTTP/1.1\r\n" + "a: b\r\n".repeat(1_001));
        assertTooLarge("431 Request Header Fields Too Large");
    }

    @Test
    void endlessExtensionsOfAChunkAreRefused() throws Exception {
        client.send(ADD + "Transfer-Encoding: chunked\r\n\r\n1;" + "a".repeat(1024));
        assertThat(client.receive().line()).isEqualTo("HTTP/1.1 400 Bad Request");
    }

    @Test
    void aClientThatIsNoPeerIsNeitherCalledNorPushedTo() throws Exception {
        client.send(ADD + "Content-Length: 3\r\n\r\n[1]");
        assertAnswer("1");
        Session session = called.get(60, TimeUnit.SECONDS);
        assertThatThrownBy(() -> session.call("/client/add", 1, Integer.class))
                .isInstanceOfSatisfying(
                        StatusException.class,
                        refused -> assertThat(refused.status())
                                .isEqualTo(Status.of(
                                        104,
                                        "Write Failed",
                                        "http: the other side is no Teleport peer and takes no calls")));
        assertThatThrownBy(() -> session.push("/status", "x"))
                .hasMessageContaining("unsupported message type: 3 (PUSH)");
        client.send(ADD + "Content-Length: 3\r\n\r\n[2]");
        assertAnswer("2");
    }

    @Test
    void javasOwnClientIsServed() throws Exception {
        HttpClient java = HttpClient.newHttpClient();
        URI uri = URI.create("http://127.0.0.1:" + server.port() + "/length?x=1");
        byte[] body = new byte[50_000];
        Arrays.fill(body, (byte) 'x');
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> response = java.send(
                    HttpRequest.newBuilder(uri)
                            .expectContinue(i % 2 == 0)
                            .header("Content-Type", "text/plain")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("50000");
        }
    }
}
