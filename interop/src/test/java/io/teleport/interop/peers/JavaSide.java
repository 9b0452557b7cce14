package io.teleport.interop.peers;

import io.teleport.filter.gzip.GzipFilter;
import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.peer.Peer;
import io.teleport.peer.PeerBuilder;
import io.teleport.session.Reply;
import io.teleport.session.Request;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketSnapshot;
import io.teleport.socket.SocketState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** What the Java client and the Java server have in common. */
abstract class JavaSide implements Side {

    /** An id that no other peer knows a codec for. */
    static final int UNKNOWN_CODEC = 77;

    private static final String GZIP = "gzip-5";

    final Recorder recorder = new Recorder();

    final Peer peer;

    /** @param options those of the role */
    JavaSide(Wire wire, boolean server, PeerBuilder options, Equipment equipment) {
        wire.carrier().equip(options, server);
        equipment.java().accept(options);
        // The Go peer sends the text of a panic; so that one case fits all, so does this one.
        this.peer = options.protocol(wire.protocol())
                .bodyCodec(wire.codec())
                .includeCause(true)
                // Under the name that the Go peer gave it, since http sends the name and not the id.
                .register(new GzipFilter('g', GZIP, 5))
                .plugin(recorder)
                .build();
    }

    @Override
    public Received awaitCall(String method) {
        return recorder.calls.await("call of " + method, call -> call.method().equals(method));
    }

    @Override
    public List<String> callsSoFar() {
        return recorder.calls.takeAll(any -> true).stream()
                .map(Received::method)
                .toList();
    }

    @Override
    public Received awaitPush(String method) {
        return recorder.pushes.await("push to " + method, push -> push.method().equals(method));
    }

    @Override
    public void expectEnd(CloseReason reason) {
        Recorder.End end = recorder.ends.await("end of a session", any -> true);
        SocketSnapshot socket = peer.sockets().find(end.socketId()).orElseThrow();
        boolean explained = reason != CloseReason.IO_ERROR || socket.error() != null;
        if (end.cause().reason() != reason
                || socket.closeReason() != reason
                || socket.state() != SocketState.CLOSED
                || !explained) {
            throw new AssertionError(
                    "Expected the end " + reason + ", but the session got " + end.cause() + ", the registry " + socket);
        }
    }

    /** Java has no way to reset a connection. */
    @Override
    public boolean canEnd(Ending how) {
        return how != Ending.RESET;
    }

    static Request request(Session session, Ask<?> ask) {
        Request request = session.request(ask.method()).metadata(ask.metadata());
        if (ask.codec() != null) {
            request.codec(ask.codec());
        }
        return filters(request, ask.filters());
    }

    static Request filters(Request request, String ids) {
        ids.chars()
                .mapToObj(id -> switch (id) {
                    case 'g' -> GZIP;
                    case 'm' -> "md5";
                    default -> throw new IllegalArgumentException("Unknown filter " + (char) id);
                })
                .forEach(request::filter);
        return request;
    }

    static <T> Answer<T> answer(CompletableFuture<Reply<T>> reply) {
        return () -> outcome(
                reply.orTimeout(Mailbox.LIMIT.toMillis(), TimeUnit.MILLISECONDS).join());
    }

    static <T> Outcome<T> outcome(Reply<T> reply) {
        return new Outcome<>(Outcome.asGoSays(reply.status()), reply.metadata(), reply.bodyCodec(), reply.value());
    }

    static Status push(Session session, Ask<?> ask) {
        try {
            request(session, ask)
                    .push(ask.body())
                    .orTimeout(Mailbox.LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            return Status.OK;
        } catch (CompletionException e) {
            if (e.getCause() instanceof StatusException refused) {
                return Outcome.asGoSays(refused.status());
            }
            throw e;
        }
    }

    static void end(Session session, Ending how) {
        switch (how) {
            case GRACEFUL -> session.close();
            case ABRUPT -> Objects.requireNonNull(session.close(Duration.ZERO));
            case RESET -> throw new UnsupportedOperationException("Java has no way to reset a connection");
        }
    }

    @Override
    public void close() {
        peer.close();
    }
}
