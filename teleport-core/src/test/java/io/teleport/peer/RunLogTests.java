package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.teleport.message.Status;
import io.teleport.plugin.runlog.RunLog;
import io.teleport.plugin.runlog.RunLogOptions;
import io.teleport.plugin.runlog.Secret;
import io.teleport.session.CallObserver;
import io.teleport.testing.LoggedLines;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The run lines of behaviour.md section 10. */
class RunLogTests extends PeerPair {

    private static final String ADDRESS = "127\\.0\\.0\\.1:[0-9]+";

    private final LoggedLines lines = LoggedLines.of(RunLog.LOGGER);

    private final CompletableFuture<Void> pushed = new CompletableFuture<>();

    record Login(String user, @Secret String password) {}

    @Secret
    record Key(String key) {}

    record Keys(String name, List<Key> keys) {}

    @Override
    String address() {
        return "tcp://127.0.0.1:0";
    }

    @AfterEach
    void stopListening() {
        lines.close();
    }

    /** Only one side writes, so that there is no question which line is whose. */
    private void connectLogging(boolean onServer, RunLogOptions log) {
        CallObserver runLog = new RunLog(log);
        connect(
                options -> onServer ? options.observer(runLog) : options,
                options -> onServer ? options : options.observer(runLog));
        server.router()
                .call("/echo", String.class, (context, text) -> text)
                .call("/bytes", byte[].class, (context, bytes) -> bytes)
                .call("/lent", ByteBuf.class, (context, bytes) -> bytes)
                .call("/login", Login.class, (context, login) -> new Key("k-e-y of " + login.user()))
                .call("/keys", Keys.class, (context, keys) -> keys)
                .call("/refuse", String.class, (context, text) -> {
                    throw Status.of(1001, "no \"way\"\nline", "c").toException();
                })
                .call("/never", void.class, (context, nothing) -> new CompletableFuture<>())
                .push("/push", String.class, (context, text) -> pushed.complete(null));
    }

    private String lineOf(Runnable action) {
        action.run();
        // The other side may write its line a moment after we have the reply.
        while (lines.lines().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(lines.lines()).hasSize(1);
        return lines.lines().get(0);
    }

    @Test
    void aCallOfOursIsLoggedWithItsReply() {
        connectLogging(false, RunLogOptions.defaults());
        assertThat(lineOf(() -> session.call("/echo", "x", String.class)))
                .matches("INFO CALL-> " + ADDRESS
                        + "\\(real:same\\) \\(-\\) \"/echo\" SEND\\(\\{\"size\":[1-9][0-9]*}\\)"
                        + " RECV\\(\\{\"size\":[1-9][0-9]*,\"status\":code=0}\\)");
    }

    @Test
    void aCallThatIsServedIsLoggedWithItsReply() {
        connectLogging(true, RunLogOptions.defaults());
        assertThat(lineOf(() -> session.call("/echo", "x", String.class)))
                .matches("INFO CALL<- " + ADDRESS
                        + "\\(real:same\\) \\(-\\) \"/echo\" RECV\\(\\{\"size\":[1-9][0-9]*}\\)"
                        + " SEND\\(\\{\"size\":[1-9][0-9]*,\"status\":code=0}\\)");
    }

    @Test
    void sizesAreThoseOfTheFrames() {
        connectLogging(false, RunLogOptions.defaults());
        String line = lineOf(() -> session.call("/echo", "x", String.class));
        var socket = client.sockets().open().get(0);
        assertThat(line)
                .contains("SEND({\"size\":" + socket.bytesOut() + "}")
                .contains("RECV({\"size\":" + socket.bytesIn());
    }

    @Test
    void theStatusIsAQueryAndCannotBeginALineOfItsOwn() {
        connectLogging(false, RunLogOptions.defaults());
        assertThat(lineOf(() -> session.request("/refuse").call("x", String.class)))
                .contains("\"status\":code=1001&msg=no%20%22way%22%0Aline&cause=c}");
    }

    @Test
    void pushesAreLoggedOnBothSides() throws Exception {
        connectLogging(false, RunLogOptions.defaults());
        assertThat(lineOf(() -> session.push("/push", "x")))
                .matches(
                        "INFO PUSH-> " + ADDRESS + "\\(real:-\\) \\(-\\) \"/push\" SEND\\(\\{\"size\":[1-9][0-9]*}\\)");
        soon(pushed);
    }

    @Test
    void aPushThatIsHandledIsLogged() {
        connectLogging(true, RunLogOptions.defaults());
        assertThat(lineOf(() -> session.push("/push", "x")))
                .matches("INFO PUSH<- " + ADDRESS
                        + "\\(real:same\\) \\(-\\) \"/push\" RECV\\(\\{\"size\":[1-9][0-9]*}\\)");
    }

    @Test
    void theRealAddressIsShownWhereItIsAnother() {
        connectLogging(true, RunLogOptions.defaults());
        assertThat(lineOf(() ->
                        session.request("/echo").meta("X-Real-IP", "10.1.2.3").call("x", String.class)))
                .contains("(real:10.1.2.3)");
    }

    @Test
    void costIsCountedIfAskedAndWhatTakesAsLongAsTheThresholdIsSlow() {
        connectLogging(false, RunLogOptions.defaults().countTime(true).slowThreshold(Duration.ofNanos(1)));
        assertThat(lineOf(() -> session.call("/echo", "x", String.class)))
                .matches("WARN CALL-> \\S+ [0-9.]+(µs|ms|s)\\(slow\\) .*");
    }

    @Test
    void whatIsQuickerIsFast() {
        connectLogging(false, RunLogOptions.defaults().countTime(true).slowThreshold(Duration.ofHours(1)));
        assertThat(lineOf(() -> session.call("/echo", "x", String.class)))
                .matches("INFO CALL-> \\S+ [0-9.]+(µs|ms|s)\\(fast\\) .*");
    }

    @Test
    void withoutCountingTimeNothingIsSlow() {
        connectLogging(false, RunLogOptions.defaults().slowThreshold(Duration.ofNanos(1)));
        assertThat(lineOf(() -> session.call("/echo", "x", String.class))).startsWith("INFO");
    }

    @Test
    void aCallThatFailsHereOrEndsWithTheConnectionHasNoLine() {
        connectLogging(false, RunLogOptions.defaults());
        assertThat(session.request("x".repeat(300))
                        .call("x", String.class)
                        .status()
                        .code())
                .isEqualTo(104);
        CompletableFuture<String> pending = session.callAsync("/never", null, String.class);
        session.close(Duration.ZERO);
        assertThat(pending).failsWithin(Duration.ofSeconds(60));
        assertThat(lines.lines()).isEmpty();
    }

    @Test
    void detailIsOffByDefault() {
        connectLogging(false, RunLogOptions.defaults());
        assertThat(lineOf(() -> session.request("/echo").meta("a", "b").call("secret body", String.class)))
                .doesNotContain("body", "meta");
    }

    @Test
    void detailShowsMetadataAndBodies() {
        connectLogging(false, RunLogOptions.defaults().detail(true));
        assertThat(lineOf(() -> session.request("/bytes").meta("a", "b c").call(new byte[] {'x', '"'}, byte[].class)))
                .contains(",\"meta\":\"a=b%20c\",\"body\":\"x\\\"\"}) RECV(")
                .contains(",\"status\":code=0,\"body\":\"x\\\"\"})");
    }

    @Test
    void bytesThatWereLentAreShown() {
        connectLogging(true, RunLogOptions.defaults().detail(true));
        assertThat(lineOf(() -> session.call("/lent", new byte[] {'x'}, byte[].class)))
                .contains("RECV({\"size\":")
                .contains("\"body\":\"x\"}) SEND(")
                .endsWith("\"body\":\"x\"})");
    }

    @Test
    void secretMetadataIsNeverShownInWhateverCase() {
        connectLogging(true, RunLogOptions.defaults().detail(true));
        assertThat(lineOf(() -> session.request("/echo")
                        .meta("authorization", "Bearer abc")
                        .meta("X-Token", "def")
                        .meta("plain", "ghi")
                        .call("x", String.class)))
                .contains("authorization=***&X-Token=***&plain=ghi")
                .doesNotContain("abc", "def");
    }

    @Test
    void otherKeysMayBeSecret() {
        connectLogging(true, RunLogOptions.defaults().detail(true).secretMetadata(Set.of("X-Pin")));
        assertThat(lineOf(() -> session.request("/echo").meta("x-pin", "1234").call("x", String.class)))
                .contains("x-pin=***");
    }

    @Test
    void secretPropertiesAndTypesAreNeverShownWhereverTheyAre() {
        connectLogging(true, RunLogOptions.defaults().detail(true));
        assertThat(lineOf(() -> session.call("/login", new Login("ada", "hunter2"), Map.class)))
                .contains("\"body\":{\"user\":\"ada\",\"password\":\"***\"}")
                .endsWith("\"body\":\"***\"})")
                .doesNotContain("hunter2", "k-e-y");
    }

    @Test
    void secretTypesInsideABodyAreNeverShown() {
        connectLogging(true, RunLogOptions.defaults().detail(true));
        assertThat(lineOf(() -> session.call("/keys", new Keys("n", List.of(new Key("k-e-y"))), Map.class)))
                .contains("\"body\":{\"name\":\"n\",\"keys\":[\"***\"]}")
                .doesNotContain("k-e-y");
    }

    @Test
    void bodiesOfSecretRoutesAreNeverShown() {
        connectLogging(true, RunLogOptions.defaults().detail(true).secretRoutes(Set.of("/bytes")));
        assertThat(lineOf(() -> session.call("/bytes", "hunter2".getBytes(StandardCharsets.UTF_8), byte[].class)))
                .contains("\"body\":\"***\"}) SEND(")
                .endsWith("\"body\":\"***\"})")
                .doesNotContain("hunter2");
    }

    @Test
    void aLongBodyIsCut() {
        connectLogging(false, RunLogOptions.defaults().detail(true));
        assertThat(lineOf(() -> session.call("/echo", "x".repeat(100_000), String.class))
                        .length())
                .isLessThan(10_000);
    }

    @Test
    void aNegativeThresholdIsRefused() {
        assertThatThrownBy(() -> RunLogOptions.defaults().slowThreshold(Duration.ofMillis(-1)))
                .hasMessage("Option 'slowThreshold' is PT-0.001S (expected zero, for never slow, or more)");
    }
}
