package io.teleport.plugin.auth;

import io.teleport.message.Failures;
import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.plugin.AcceptHandshakeHook;
import io.teleport.session.Handshake;
import io.teleport.session.HandshakeMessage;
import io.teleport.socket.CloseReason;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in who proves who they are: each accepted connection must begin with an AUTH_CALL, which is answered with an AUTH_REPLY before the session is
 * open. Who is refused is told why and disconnected with reason UNAUTHORIZED; who stays silent is disconnected with HANDSHAKE_FAILED when the peer's
 * handshake timeout has passed, and takes no thread until then. Dialed connections are left alone.
 */
public final class AuthChecker implements AcceptHandshakeHook {

    /** Name of the plugin, as Go's. */
    public static final String NAME = "auth-checker";

    private static final Logger log = LoggerFactory.getLogger(AuthChecker.class);

    private static final Status RECEIVED_TWICE = Status.of(
            StatusCode.INTERNAL_SERVER_ERROR,
            "auth-checker plugin usage is incorrect",
            "multiple call RecvOnce function");

    private final Function<Handshake, CompletionStage<?>> check;

    private final @Nullable String codec;

    private AuthChecker(Function<Handshake, CompletionStage<?>> check, @Nullable String codec) {
        this.check = check;
        this.codec = codec;
    }

    /** Logs in whom the checker knows. The peer's login policy may still refuse, with 401. */
    public static AuthChecker of(TokenChecker tokens) {
        return new AuthChecker(
                handshake -> AuthMessages.receive(handshake, MessageType.AUTH_CALL, byte[].class)
                        .thenCompose(message -> login(tokens, new AuthRequest(message))),
                null);
    }

    private static CompletionStage<@Nullable Object> login(TokenChecker tokens, AuthRequest request) {
        return stage(() -> tokens.checkAsync(request)).thenApply(principal -> {
            if (principal == null) {
                throw AuthMessages.refusal(Status.builtIn(StatusCode.UNAUTHORIZED, "invalid token"));
            }
            request.session().login(principal);
            return request.result();
        });
    }

    /** Leaves to the checker what it receives and whom it lets in. */
    public static AuthChecker custom(Checker checker) {
        return new AuthChecker(
                handshake -> stage(() -> checker.check(handshake.session(), new OneReception(handshake))), null);
    }

    /** The same with a codec of its own for results, by name, instead of the peer's default. */
    public AuthChecker codec(String name) {
        return new AuthChecker(check, name);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<?> acceptHandshake(Handshake handshake) {
        return check.apply(handshake)
                .<CompletionStage<?>>handle((result, failure) ->
                        failure == null ? answer(handshake, Status.OK, result) : refuse(handshake, failure))
                .thenCompose(answered -> answered);
    }

    private CompletionStage<?> answer(Handshake handshake, Status status, @Nullable Object result) {
        return handshake.send(HandshakeMessage.of(MessageType.AUTH_REPLY, "", result)
                .withStatus(status)
                .withCodec(codec));
    }

    private CompletionStage<?> refuse(Handshake handshake, Throwable failure) {
        Status status = status(handshake, failure);
        return answer(handshake, status, null).handle((sent, notSent) -> {
            // Whether or not it could be told.
            handshake.close(CloseReason.UNAUTHORIZED, detail(status));
            throw AuthMessages.refusal(status);
        });
    }

    private static Status status(Handshake handshake, Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof StatusException refusal && !refusal.status().isOk()) {
            return refusal.status();
        }
        log.error("{}: its login could not be checked", handshake.session(), cause);
        return Status.builtIn(StatusCode.INTERNAL_SERVER_ERROR);
    }

    /** For operators. What a codec says of a body it cannot read may quote that body. */
    private static String detail(Status status) {
        return status.code() == StatusCode.BAD_MESSAGE ? "unreadable AUTH_CALL" : String.valueOf(status.causeOrMsg());
    }

    private static <T> CompletionStage<T> stage(Callable<CompletionStage<T>> begin) {
        try {
            return begin.call();
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static final class OneReception implements Checker.ReceiveOnce {

        private final Handshake handshake;

        private final AtomicBoolean received = new AtomicBoolean();

        OneReception(Handshake handshake) {
            this.handshake = handshake;
        }

        @Override
        @SuppressWarnings("unchecked") // the codec was asked for this type
        public <T> CompletionStage<T> receive(Class<T> infoType) {
            return received.compareAndSet(false, true)
                    ? AuthMessages.receive(handshake, MessageType.AUTH_CALL, infoType)
                            .thenApply(message -> (T) message.body())
                    : CompletableFuture.failedFuture(AuthMessages.refusal(RECEIVED_TWICE));
        }
    }
}
