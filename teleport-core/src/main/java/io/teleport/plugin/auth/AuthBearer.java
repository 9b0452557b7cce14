package io.teleport.plugin.auth;

import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.plugin.DialHandshakeHook;
import io.teleport.session.Handshake;
import io.teleport.session.HandshakeMessage;
import io.teleport.session.IncomingMessage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Proves who we are on each connection that is dialed: sends one AUTH_CALL and waits for the AUTH_REPLY before the session is open. If the other side
 * refuses, dialing fails with 105 and the refusal's cause. Accepted connections are left alone.
 */
public final class AuthBearer implements DialHandshakeHook {

    /** Name of the plugin, as Go's. */
    public static final String NAME = "auth-bearer";

    private static final Status SENT_TWICE = Status.of(
            StatusCode.WRITE_FAILED, "auth-bearer plugin usage is incorrect", "multiple call SendOnce function");

    private final Bearer bearer;

    private final @Nullable String codec;

    private AuthBearer(Bearer bearer, @Nullable String codec) {
        this.bearer = bearer;
        this.codec = codec;
    }

    /** Sends a token; what comes with the acceptance is ignored. */
    public static AuthBearer of(TokenSupplier tokens) {
        return custom((session, send) -> {
            Object token = tokens.token(session);
            return token instanceof CompletionStage<?> later
                    ? later.thenCompose(known -> send.send(known, void.class))
                    : send.send(token, void.class);
        });
    }

    /** Leaves to the bearer what it sends and does with the answer. */
    public static AuthBearer custom(Bearer bearer) {
        return new AuthBearer(bearer, null);
    }

    /** The same with a codec of its own, by name, instead of the peer's default. */
    public AuthBearer codec(String name) {
        return new AuthBearer(bearer, name);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<?> dialHandshake(Handshake handshake) throws Exception {
        AtomicBoolean sent = new AtomicBoolean();
        return bearer.authenticate(handshake.session(), new Bearer.SendOnce() {
            @Override
            public <R> CompletionStage<R> send(@Nullable Object info, Class<R> resultType) {
                return sent.compareAndSet(false, true)
                        ? exchange(handshake, info, resultType)
                        : CompletableFuture.failedFuture(AuthMessages.refusal(SENT_TWICE));
            }
        });
    }

    @SuppressWarnings("unchecked") // the codec was asked for this type
    private <R> CompletionStage<R> exchange(Handshake handshake, @Nullable Object info, Class<R> resultType) {
        // Waiting begins first: a refusal and the end of the connection may be there before we learn that the call was
        // sent.
        CompletableFuture<IncomingMessage> reply = AuthMessages.receive(handshake, MessageType.AUTH_REPLY, resultType);
        handshake
                .send(HandshakeMessage.of(MessageType.AUTH_CALL, "", info).withCodec(codec))
                .exceptionally(notSent -> {
                    reply.completeExceptionally(notSent);
                    return null;
                });
        return reply.thenApply(answer -> {
            if (!answer.status().isOk()) {
                throw AuthMessages.refusal(answer.status());
            }
            return (R) answer.body();
        });
    }
}
