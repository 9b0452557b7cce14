package io.teleport.session;

import io.teleport.codec.CodecException;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.socket.CloseReason;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The handshake on one connection. Reading stops while nobody waits for a message, so what is kept is bounded by what one read brings. */
final class LinkHandshake implements Handshake {

    private static final Status OVER = Status.builtIn(
            StatusCode.INVALID_OPERATION, "Cannot be called during the Non-PostDial and Non-PostAccept phase");

    private record Receiver(Function<MessageHeader, Type> bodyType, CompletableFuture<IncomingMessage> future) {}

    private final Link link;

    private final boolean redial;

    // Guarded by this.

    private final Queue<Message> arrived = new ArrayDeque<>();

    private @Nullable Receiver receiver;

    private @Nullable Status over;

    LinkHandshake(Link link, boolean redial) {
        this.link = link;
        this.redial = redial;
    }

    @Override
    public Session session() {
        return link.session();
    }

    @Override
    public boolean isRedial() {
        return redial;
    }

    // Sending.

    @Override
    public CompletableFuture<@Nullable Void> send(HandshakeMessage message) {
        return write(message, link.session().nextSequence());
    }

    @Override
    public CompletableFuture<@Nullable Void> reply(
            IncomingMessage request, MessageType type, Status status, @Nullable Object body) {
        HandshakeMessage reply = new HandshakeMessage(
                type, request.header().serviceMethod(), status, Metadata.empty(), null, status.isOk() ? body : null);
        return write(reply, request.header().sequence());
    }

    @Override
    public CompletableFuture<IncomingMessage> call(HandshakeMessage call, Type resultType) {
        int sequence = link.session().nextSequence();
        // Waiting begins first: a refusal and the end of the connection may be there before it is told that the call
        // was sent.
        CompletableFuture<IncomingMessage> reply =
                receive(header -> header.status().isOk() ? resultType : void.class);
        write(call, sequence).exceptionally(notSent -> {
            reply.completeExceptionally(notSent);
            return null;
        });
        return reply.thenApply(answer -> replyOf(answer, sequence));
    }

    private static IncomingMessage replyOf(IncomingMessage reply, int sequence) {
        if (reply.type() != MessageType.REPLY || reply.header().sequence() != sequence) {
            throw StatusException.withoutStackTrace(Status.builtIn(
                    StatusCode.BAD_MESSAGE,
                    "expected the REPLY with number " + sequence + ", but received " + reply.type() + " "
                            + reply.header().sequence()));
        }
        if (!reply.status().isOk()) {
            throw StatusException.withoutStackTrace(reply.status());
        }
        return reply;
    }

    private CompletableFuture<@Nullable Void> write(HandshakeMessage message, int sequence) {
        Status ended = over();
        if (ended != null) {
            return failed(ended);
        }
        CompletableFuture<@Nullable Void> sent = new CompletableFuture<>();
        try {
            OutgoingMessage outgoing = outgoing(message, sequence);
            Status accepted = link.socket()
                    .write(
                            outgoing.header(),
                            outgoing.bodyWriter(),
                            status -> completions().execute(() -> Calls.complete(sent, status)));
            if (!accepted.isOk()) {
                Calls.complete(sent, accepted);
            }
        } catch (RuntimeException e) {
            Calls.complete(sent, Calls.notPacked(e));
        }
        return sent;
    }

    private OutgoingMessage outgoing(HandshakeMessage message, int sequence) {
        SessionEnvironment environment = link.session().environment();
        String codec = message.codec();
        int codecId = codec == null
                ? environment.defaultCodec().id()
                : environment.bodies().codecs().byName(codec).id();
        OutgoingMessage outgoing = new OutgoingMessage(
                link.session(),
                environment.bodies(),
                null,
                message.type(),
                sequence,
                message.serviceMethod(),
                message.metadata(),
                codecId,
                FilterIds.none(),
                message.body());
        outgoing.status(message.status());
        return outgoing;
    }

    // Receiving.

    @Override
    public CompletableFuture<IncomingMessage> receive(Function<MessageHeader, Type> bodyType) {
        Receiver next = new Receiver(bodyType, new CompletableFuture<>());
        Message message;
        synchronized (this) {
            if (over != null) {
                return failed(over);
            }
            if (receiver != null) {
                throw new IllegalStateException("another receive waits for the next message");
            }
            message = arrived.poll();
            if (message == null) {
                receiver = next;
            }
        }
        if (message == null) {
            link.readHandshake();
        } else {
            deliver(message, next);
        }
        return next.future();
    }

    /** On the event loop. False if the handshake is over, and so the message is not for it. */
    boolean take(Message message) {
        Receiver waiting;
        synchronized (this) {
            if (over != null) {
                return false;
            }
            waiting = receiver;
            receiver = null;
            if (waiting == null) {
                arrived.add(message);
            }
        }
        link.socket().takeBytes(false);
        if (waiting != null) {
            deliver(message, waiting);
        }
        return true;
    }

    private void deliver(Message message, Receiver to) {
        completions().execute(() -> {
            try {
                to.future().complete(decoded(message, to.bodyType()));
            } catch (CodecException e) {
                to.future()
                        .completeExceptionally(StatusException.withoutStackTrace(
                                Status.builtIn(StatusCode.BAD_MESSAGE, e.getMessage())));
            } catch (Throwable e) {
                to.future().completeExceptionally(e);
            } finally {
                message.release();
            }
        });
    }

    private IncomingMessage decoded(Message message, Function<MessageHeader, Type> bodyType) {
        MessageHeader header = message.header();
        LiveSession session = link.session();
        IncomingMessage incoming = new IncomingMessage(
                session, session.environment().bodies(), header, header.serviceMethod(), message.size());
        Type type = bodyType.apply(header);
        incoming.body(incoming.bodies().readArgument(message.body(), header.bodyCodec(), type));
        return incoming;
    }

    // The end.

    @Override
    public void close(CloseReason reason, String detail) {
        link.socket().close(reason, detail);
    }

    private synchronized @Nullable Status over() {
        return over;
    }

    /** The session is open. Gives what arrived and was not received, to be released by whoever takes it. */
    Queue<Message> finish() {
        return end(OVER);
    }

    /** The connection is gone. */
    void connectionEnded(Status status) {
        end(status).forEach(Message::release);
    }

    private Queue<Message> end(Status status) {
        Receiver waiting;
        Queue<Message> left;
        synchronized (this) {
            over = status;
            waiting = receiver;
            receiver = null;
            left = new ArrayDeque<>(arrived);
            arrived.clear();
        }
        if (waiting != null) {
            completions()
                    .execute(() -> waiting.future().completeExceptionally(StatusException.withoutStackTrace(status)));
        }
        return left;
    }

    private Executor completions() {
        return link.session().environment().completions();
    }

    private static <T> CompletableFuture<T> failed(Status status) {
        return CompletableFuture.failedFuture(StatusException.withoutStackTrace(status));
    }
}
