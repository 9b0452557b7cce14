package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.plugin.AcceptHandshakeHook;
import io.teleport.plugin.DialHandshakeHook;
import io.teleport.session.Handshake;
import io.teleport.session.HandshakeMessage;
import io.teleport.session.IncomingMessage;
import io.teleport.session.Session;
import io.teleport.session.SessionState;
import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketSnapshot;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Messages before a session is running: behaviour.md section 1. */
class HandshakeTests extends PeerPair {

    private final CompletableFuture<Handshake> accepted = new CompletableFuture<>();

    private final CompletableFuture<IncomingMessage> received = new CompletableFuture<>();

    @Override
    String address() {
        return "tcp://127.0.0.1:0";
    }

    private static PeerBuilder accepting(PeerBuilder builder, HandshakeStep step) {
        return builder.plugin(new AcceptHandshakeHook() {
            @Override
            public String name() {
                return "accepting";
            }

            @Override
            public CompletionStage<?> acceptHandshake(Handshake handshake) {
                return step.of(handshake);
            }
        });
    }

    private static PeerBuilder dialing(PeerBuilder builder, HandshakeStep step) {
        return builder.plugin(new DialHandshakeHook() {
            @Override
            public String name() {
                return "dialing";
            }

            @Override
            public CompletionStage<?> dialHandshake(Handshake handshake) {
                return step.of(handshake);
            }
        });
    }

    private interface HandshakeStep {
        CompletionStage<?> of(Handshake handshake);
    }

    private CompletionStage<?> answer(Handshake handshake) {
        accepted.complete(handshake);
        return handshake.receive(header -> String.class).thenCompose(request -> {
            received.complete(request);
            return handshake.reply(request, MessageType.REPLY, Status.OK, "welcome " + request.body());
        });
    }

    @Test
    void messagesAreExchangedBeforeTheSessionIsOpenAndShareItsNumbers() throws Exception {
        CompletableFuture<IncomingMessage> reply = new CompletableFuture<>();
        connect(
                builder -> accepting(builder, this::answer),
                builder -> dialing(
                        builder,
                        handshake -> handshake
                                .call(HandshakeMessage.of(MessageType.CALL, "/hello", "ada"), String.class)
                                .thenAccept(reply::complete)));
        server.router().call("/number", void.class, (context, nothing) -> context.sequence());

        assertThat(soon(received).header().sequence()).isEqualTo(1);
        assertThat(soon(received).serviceMethod()).isEqualTo("/hello");
        assertThat(soon(reply).body()).isEqualTo("welcome ada");
        assertThat(session.call("/number", null, int.class)).isEqualTo(2);
    }

    @Test
    void aReplyBeforeTheSessionEchoesNumberAndServiceMethod() throws Exception {
        CompletableFuture<IncomingMessage> reply = new CompletableFuture<>();
        connect(
                builder -> accepting(builder, this::answer),
                builder -> dialing(
                        builder,
                        handshake -> handshake
                                .call(HandshakeMessage.of(MessageType.CALL, "/hello", "ada"), String.class)
                                .thenAccept(reply::complete)));

        assertThat(soon(reply).header().serviceMethod()).isEqualTo("/hello");
        assertThat(soon(reply).header().sequence()).isEqualTo(1);
    }

    @Test
    void aRefusalArrivesAlsoWhereTheConnectionEndsAtOnce() throws Exception {
        start(
                builder -> accepting(
                        builder,
                        handshake -> handshake
                                .receive(header -> String.class)
                                .thenCompose(request -> handshake.reply(
                                        request, MessageType.REPLY, Status.of(403, "no", "not you"), null))
                                .thenRun(() -> {
                                    throw new StatusException(403, "no");
                                })),
                builder -> dialing(
                        builder,
                        handshake ->
                                handshake.call(HandshakeMessage.of(MessageType.CALL, "/hello", "ada"), String.class)));
        for (int round = 0; round < 100; round++) {
            assertThat(refusal(() -> client.dial(server.listening().get(0).toString())))
                    .isEqualTo(Status.of(105, "Dial Failed", "not you"));
        }
    }

    @Test
    void whatArrivesBehindTheHandshakeIsServedAfterwards() throws Exception {
        start(
                builder -> accepting(builder, this::answer),
                builder -> dialing(builder, handshake -> {
                    // All at once; the accepting side receives only the first of them in its handshake.
                    handshake.send(HandshakeMessage.of(MessageType.CALL, "/hello", "ada"));
                    handshake.send(HandshakeMessage.of(MessageType.PUSH, "/later", "one"));
                    handshake.send(HandshakeMessage.of(MessageType.PUSH, "/later", "two"));
                    return handshake.receive(header -> String.class);
                }));
        Semaphore pushes = new Semaphore(0);
        server.router().push("/later", String.class, (context, text) -> pushes.release());
        session = client.dial(server.listening().get(0).toString());
        session.push("/later", "three");

        assertThat(soon(received).body()).isEqualTo("ada");
        assertThat(pushes.tryAcquire(3, 60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void usedLaterTheOperationsOfTheHandshakeAreInvalid() throws Exception {
        connect(
                builder -> accepting(builder, this::answer),
                builder -> dialing(
                        builder,
                        handshake ->
                                handshake.call(HandshakeMessage.of(MessageType.CALL, "/hello", "ada"), String.class)));
        server.router().call("/echo", String.class, (context, text) -> text);
        assertThat(session.call("/echo", "x", String.class)).isEqualTo("x");
        Status expected = Status.builtIn(
                StatusCode.INVALID_OPERATION, "Cannot be called during the Non-PostDial and Non-PostAccept phase");

        Handshake over = soon(accepted);
        assertThat(refusal(over.send(HandshakeMessage.of(MessageType.PUSH, "/late", null))))
                .isEqualTo(expected);
        assertThat(refusal(over.receive(header -> String.class))).isEqualTo(expected);
        assertThat(refusal(over.call(HandshakeMessage.of(MessageType.CALL, "/late", null), String.class)))
                .isEqualTo(expected);
        assertThat(refusal(over.reply(soon(received), MessageType.REPLY, Status.OK, null)))
                .isEqualTo(expected);
    }

    @Test
    void aSilentClientIsDisconnectedWhenTheHandshakeTimeoutHasPassed() throws Exception {
        start(builder -> accepting(builder.handshakeTimeout(Duration.ofMillis(50)), this::answer), builder -> builder);

        session = client.dial(server.listening().get(0).toString());

        soon(session.closeFuture().toCompletableFuture());
        soon(accepted.thenCompose(handshake -> handshake.session().closeFuture().toCompletableFuture()));
        SocketSnapshot closed = server.sockets().closed().get(0);
        assertThat(closed.closeReason()).isEqualTo(CloseReason.HANDSHAKE_FAILED);
        assertThat(closed.error()).isEqualTo("handshake: not done within PT0.05S");
    }

    @Test
    void aDialThatWaitsForAHandshakeFailsWith105WhenTheOtherSideLeaves() throws Exception {
        start(
                builder -> accepting(builder, handshake -> {
                    handshake.session().close(Duration.ZERO, CloseReason.UNAUTHORIZED, "no");
                    return new CompletableFuture<>();
                }),
                builder -> dialing(builder, handshake -> handshake.receive(header -> String.class)));

        Status refused = refusal(() -> client.dial(server.listening().get(0).toString()));

        assertThat(refused.code()).isEqualTo(StatusCode.DIAL_FAILED);
    }

    @Test
    void aBodyThatCannotBeReadIsABadMessage() throws Exception {
        CompletableFuture<Status> seen = new CompletableFuture<>();
        start(
                builder -> accepting(builder, handshake -> {
                    accepted.complete(handshake);
                    CompletableFuture<IncomingMessage> first = handshake.receive(header -> int[].class);
                    first.whenComplete((message, failure) -> seen.complete(((StatusException) failure).status()));
                    return first;
                }),
                builder -> dialing(
                        builder,
                        handshake -> handshake.send(HandshakeMessage.of(MessageType.CALL, "/hello", "no numbers"))));

        // Whether it is open for a moment depends on which side is quicker.
        CompletableFuture<Session> dialing =
                client.dialAsync(server.listening().get(0).toString());

        assertThat(soon(seen).code()).isEqualTo(StatusCode.BAD_MESSAGE);
        Session refused = soon(accepted).session();
        soon(refused.closeFuture().toCompletableFuture());
        assertThat(refused.state()).isEqualTo(SessionState.CLOSED);
        soon(dialing.handle((opened, failure) -> opened));
    }
}
