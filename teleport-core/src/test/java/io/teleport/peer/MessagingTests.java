package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.message.FilterIds;
import io.teleport.message.Status;
import io.teleport.session.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Statements of behaviour.md, sections 1 to 3, that have no better place. */
class MessagingTests extends PeerPair {

    @Override
    String address() {
        return "local://messaging";
    }

    @Test
    void callAndPushRoutesAreSeparateTables() throws Exception {
        connect();
        CompletableFuture<String> pushed = new CompletableFuture<>();
        server.router()
                .push("/only-push", String.class, (context, text) -> {})
                .call("/both", String.class, (context, text) -> text)
                .push("/both", String.class, (context, text) -> pushed.complete(text));
        assertThat(session.request("/only-push").call("x", String.class).status())
                .isEqualTo(Status.of(404, "Not Found", ""));
        assertThat(session.call("/both", "a", String.class)).isEqualTo("a");
        session.push("/both", "b");
        assertThat(soon(pushed)).isEqualTo("b");
    }

    @Test
    void routesAddedWhileASessionIsOpenServeIt() {
        connect();
        assertThat(session.request("/new").call("x", String.class).status().code())
                .isEqualTo(404);
        server.router().call("/new", String.class, (context, text) -> text);
        assertThat(session.call("/new", "x", String.class)).isEqualTo("x");
    }

    @Test
    void eachSideNumbersItsMessagesFromOneAndCallsAndPushesShareTheNumbers() throws Exception {
        connect();
        CompletableFuture<Integer> pushed = new CompletableFuture<>();
        server.router()
                .call("/number", void.class, (context, nothing) -> context.sequence())
                .push("/number", void.class, (context, nothing) -> pushed.complete(context.sequence()))
                .call(
                        "/back",
                        void.class,
                        (context, nothing) -> context.session().call("/own", null, int.class));
        client.router().call("/own", void.class, (context, nothing) -> context.sequence());
        assertThat(session.call("/number", null, int.class)).isEqualTo(1);
        session.push("/number", null);
        assertThat(soon(pushed)).isEqualTo(2);
        assertThat(session.call("/back", null, int.class)).isEqualTo(1);
        assertThat(session.call("/number", null, int.class)).isEqualTo(4);
    }

    @Test
    void aNumberIsUsedUpEvenIfTheWriteThenFails() {
        connect();
        server.router().call("/number", void.class, (context, nothing) -> context.sequence());
        assertThat(session.request("x".repeat(70_000))
                        .call(null, int.class)
                        .status()
                        .code())
                .isEqualTo(104);
        assertThat(session.call("/number", null, int.class)).isEqualTo(2);
    }

    @Test
    void repliesAreSentInTheOrderOfCompletion() throws Exception {
        connect();
        CompletableFuture<String> first = new CompletableFuture<>();
        server.router()
                .call("/first", void.class, (context, nothing) -> first)
                .call("/second", void.class, (context, nothing) -> "second");
        CompletableFuture<String> waiting = session.callAsync("/first", null, String.class);
        assertThat(session.call("/second", null, String.class)).isEqualTo("second");
        assertThat(waiting).isNotDone();
        first.complete("first");
        assertThat(soon(waiting)).isEqualTo("first");
    }

    @Test
    void pushesAreHandledConcurrently() throws Exception {
        connect();
        CyclicBarrier together = new CyclicBarrier(2);
        List<CompletableFuture<Void>> met = List.of(new CompletableFuture<>(), new CompletableFuture<>());
        server.router().push("/meet", int.class, (context, number) -> {
            together.await(60, TimeUnit.SECONDS);
            met.get(number).complete(null);
        });
        session.push("/meet", 0);
        session.push("/meet", 1);
        soon(met.get(0));
        soon(met.get(1));
    }

    @Test
    void aHandlersStatusReachesTheCallerAsItIsAndWithTheHandlersMetadata() {
        connect();
        server.router().call("/status", String.class, (context, text) -> {
            context.replyMeta("k", "v").replyCodec("plain");
            throw Status.of(1234, "m", "c").toException();
        });
        Reply<String> reply = session.request("/status").filter("gzip").call("x", String.class);
        assertThat(reply.status()).isEqualTo(Status.of(1234, "m", "c"));
        assertThat(reply.metadata().get("k")).isEqualTo("v");
        assertThat(reply.bodyCodec()).isZero();
        assertThat(reply.value()).isNull();
    }

    @Test
    void aStatusWithCodeZeroCountsAsSuccess() {
        connect();
        server.router().call("/ok", void.class, (context, nothing) -> {
            throw Status.OK.toException();
        });
        Reply<String> reply = session.request("/ok").call(null, String.class);
        assertThat(reply.isOk()).isTrue();
        assertThat(reply.value()).isNull();
    }

    @Test
    void whatFailsInAPushHarmsNeitherSenderNorSession() throws Exception {
        connect();
        server.router()
                .push("/status", String.class, (context, text) -> {
                    throw Status.of(1, "m", "c").toException();
                })
                .push("/fail", String.class, (context, text) -> {
                    throw new IllegalStateException("by the test");
                })
                .call("/echo", String.class, (context, text) -> text);
        for (String route : List.of("/nowhere", "/status", "/fail")) {
            soon(session.request(route).push("x"));
        }
        soon(session.request("/status").push(List.of("not", "text")));
        assertThat(session.call("/echo", "x", String.class)).isEqualTo("x");
    }

    @Test
    void theCodecThatTheHandlerSetsComesBeforeTheOneTheCallerAccepts() {
        connect();
        server.router().call("/plain", String.class, (context, text) -> {
            context.replyCodec("plain");
            return text;
        });
        Reply<String> reply =
                session.request("/plain").meta("X-Accept-Body-Codec", "106").call("x", String.class);
        assertThat(reply.bodyCodec()).isEqualTo('s');
        assertThat(reply.body()).isEqualTo("x");
    }

    @Test
    void aWishForACodecThatIsNoneOrWrittenOtherwiseIsIgnored() {
        connect();
        server.router().call("/echo", String.class, (context, text) -> text);
        for (String wish : List.of("0", "250", "1115", "+115", "115 ", "s", "", "999")) {
            assertThat(session.request("/echo")
                            .meta("X-Accept-Body-Codec", wish)
                            .call("x", String.class)
                            .bodyCodec())
                    .as(wish)
                    .isEqualTo('j');
        }
        assertThat(session.request("/echo")
                        .meta("x-accept-body-codec", "115")
                        .call("x", String.class)
                        .bodyCodec())
                .as("keys are case-sensitive")
                .isEqualTo('j');
    }

    @Test
    void aReplyThatTheChosenCodecCannotEncodeIs500AndNoOtherCodecIsTried() {
        connect();
        server.router().call("/list", void.class, (context, nothing) -> List.of(1, 2));
        Status status = session.request("/list")
                .meta("X-Accept-Body-Codec", "115")
                .call(null, String.class)
                .status();
        assertThat(status.code()).isEqualTo(500);
        assertThat(status.cause()).contains("plain");
    }

    @Test
    void filtersAddedByTheHandlerComeAfterThoseOfTheCall() {
        List<FilterIds> seen = new ArrayList<>();
        connect();
        server.router().call("/filters", String.class, (context, text) -> {
            seen.add(context.filters());
            context.replyFilter("md5");
            return text;
        });
        assertThat(session.request("/filters")
                        .filter("gzip")
                        .call("x", String.class)
                        .body())
                .isEqualTo("x");
        assertThat(seen).containsExactly(FilterIds.none().plus('g'));
        assertThatThrownBy(() -> session.request("/filters").filter("unknown"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theRealAddressIsThatOfTheMetadataElseThatOfTheConnection() {
        connect();
        server.router()
                .call(
                        "/real",
                        void.class,
                        (context, nothing) ->
                                context.realIp().equals(context.remoteAddress()) ? "same" : context.realIp());
        assertThat(session.call("/real", null, String.class)).isEqualTo("same");
        assertThat(session.request("/real")
                        .meta("X-Real-IP", "10.0.0.1")
                        .meta("X-Real-IP", "10.0.0.2")
                        .call(null, String.class)
                        .body())
                .isEqualTo("10.0.0.1");
    }
}
