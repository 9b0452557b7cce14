package io.teleport.plugin.proxy;

import io.teleport.message.Failures;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.router.CallContext;
import io.teleport.router.MessageContext;
import io.teleport.router.PushContext;
import io.teleport.session.IncomingMessage;
import io.teleport.session.Reply;
import io.teleport.session.Request;
import io.teleport.session.Requester;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forwards messages. Keeps nothing between them. Thread-safe. */
final class Forwarding {

    private static final Logger log = LoggerFactory.getLogger(Forwarding.class);

    private final ProxyTarget target;

    private final int maxHops;

    Forwarding(ProxyTarget target, int maxHops) {
        this.target = target;
        this.maxHops = maxHops;
    }

    CompletionStage<byte @Nullable []> call(CallContext call, byte[] body) {
        RemainingTime time = RemainingTime.of(call);
        Metadata metadata = forwarded(call);
        return choose(call)
                .thenCompose(session -> request(session, call, metadata, time).callAsync(body, byte[].class))
                .handle((reply, failure) -> {
                    if (failure != null) {
                        throw unreachable(failure);
                    }
                    return passOn(reply, call);
                });
    }

    void push(PushContext push, byte[] body) {
        RemainingTime time = RemainingTime.of(push);
        Metadata metadata = forwarded(push);
        String what = push.serviceMethod();
        choose(push)
                .thenCompose(session -> request(session, push, metadata, time).push(body))
                .whenComplete((sent, failure) -> {
                    if (failure != null) {
                        log.warn(
                                "PUSH {} was not forwarded: {}",
                                what,
                                unreachable(failure).status());
                    }
                });
    }

    private CompletableFuture<Requester> choose(MessageContext message) {
        try {
            return target.choose(message)
                    .<Requester>thenApply(session -> session)
                    .toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** @throws StatusException if the message has passed too many proxies */
    private Metadata forwarded(MessageContext message) {
        Metadata metadata = message.metadata();
        long hops = metadata.getUnsignedInt(ProxyPlugin.HOPS).orElse(0);
        if (hops >= maxHops) {
            throw StatusException.withoutStackTrace(
                    badGateway("proxy loop: the message has passed " + hops + " proxies"));
        }
        // How long the caller still waits is told anew by the call that is made of this.
        Metadata more = metadata.without(IncomingMessage.TIMEOUT).with(ProxyPlugin.HOPS, Long.toString(hops + 1));
        return metadata.contains(IncomingMessage.REAL_IP)
                ? more
                : more.with(IncomingMessage.REAL_IP, message.remoteAddress());
    }

    private static Request request(Requester session, MessageContext message, Metadata metadata, RemainingTime time) {
        Request request = session.request(message.serviceMethod())
                .codec(message.bodyCodec())
                .metadata(metadata);
        return time.isLimited() ? request.timeout(time.left()) : request;
    }

    private static byte @Nullable [] passOn(Reply<byte[]> reply, CallContext call) {
        call.replyMeta(reply.metadata());
        Status status = reply.status();
        if (!status.isOk()) {
            throw StatusException.withoutStackTrace(reply.answered() ? status : ofLocalFailure(status));
        }
        call.replyCodec(reply.bodyCodec());
        return reply.value();
    }

    /** As in Go, what this side failed with between 100 and 199 is a bad gateway for the caller; a time that has run out stays what it is. */
    private static Status ofLocalFailure(Status status) {
        return status.code() >= 100 && status.code() <= 199 ? badGateway(status.causeOrMsg()) : status;
    }

    private static StatusException unreachable(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof StatusException refusal) {
            Status status = refusal.status();
            // A session that was refused by a plugin, say with 401, is no business of the caller's either.
            return StatusException.withoutStackTrace(
                    status.code() == StatusCode.HANDLE_TIMEOUT || status.code() == StatusCode.BAD_GATEWAY
                            ? status
                            : badGateway(status.causeOrMsg()));
        }
        log.warn("no session to forward to", cause);
        return StatusException.withoutStackTrace(badGateway("no session to forward to"));
    }

    private static Status badGateway(@Nullable String cause) {
        return Status.builtIn(StatusCode.BAD_GATEWAY, cause);
    }
}
