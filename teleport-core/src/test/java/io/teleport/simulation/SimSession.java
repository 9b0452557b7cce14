package io.teleport.simulation;

import io.teleport.message.Failures;
import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.session.Reply;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One end of a session, and what is done to it. */
final class SimSession {

    private final World world;

    private final Ledger ledger;

    private final SimPeer peer;

    private final Session session;

    private final String name;

    private boolean closeReturned;

    private int disconnects;

    private @Nullable CloseCause told;

    private @Nullable CloseCause cause;

    private int pushed;

    /** What it handles of each session on the other side: where this one is dialed again, there is one for each connection. */
    private final Map<String, Received> received = new HashMap<>();

    private static final class Received {

        /** Of the ordered pushes that came, the last. */
        int lastInOrder = -1;

        int inTurn;

        int running;
    }

    SimSession(World world, Ledger ledger, SimPeer peer, Session session, String name) {
        this.world = world;
        this.ledger = ledger;
        this.peer = peer;
        this.session = session;
        this.name = name;
        session.closeFuture().thenAccept(end -> {
            cause = end;
            log("closed: " + end.reason());
        });
    }

    Session session() {
        return session;
    }

    void log(String what) {
        world.log(name + " " + what);
    }

    void isOpen() {
        log("is open");
    }

    // What is done.

    void call(String route) {
        call(route, 1 + world.some(4_000), world.chance(1, 4), 0, reply -> {});
    }

    /** @param padding bytes beside the id */
    CompletableFuture<?> call(
            String route, long timeoutMillis, boolean idempotent, int padding, Consumer<Status> then) {
        Request request =
                ledger.begin(name + " call " + route, true, idempotent, timeoutMillis * World.MILLIS, closeReturned);
        io.teleport.session.Request message = session.request(route)
                .timeout(Duration.ofMillis(timeoutMillis))
                .meta("id", String.valueOf(request.id))
                .meta("from", name);
        if (idempotent) {
            message.idempotent();
        }
        CompletableFuture<Reply<String>> future = message.callAsync("x".repeat(padding), String.class);
        future.whenComplete((reply, failure) -> world.guarded(() -> called(request, reply, failure, then)));
        return future;
    }

    private void called(
            Request request, @Nullable Reply<String> reply, @Nullable Throwable failure, Consumer<Status> then) {
        if (failure instanceof CancellationException) {
            ledger.cancelled(request);
        } else if (reply == null) {
            throw world.violation("G4", request + " failed otherwise than by a status: " + failure);
        } else {
            ledger.ended(request, reply.status(), String.valueOf(reply.value()), Routes.reply(request.id));
            then.accept(reply.status());
        }
    }

    void push(String route) {
        push(route, 0);
    }

    void push(String route, int padding) {
        int number = pushed++;
        Request request =
                ledger.begin(name + " push " + route + " #" + number, false, false, Long.MAX_VALUE / 4, closeReturned);
        session.request(route)
                .meta("id", String.valueOf(request.id))
                .meta("from", name)
                .meta("number", String.valueOf(number))
                .push("x".repeat(padding))
                .whenComplete(
                        (nothing, failure) -> world.guarded(() -> ledger.ended(request, statusOf(failure), "", "")));
    }

    private Status statusOf(@Nullable Throwable failure) {
        if (failure == null) {
            return Status.OK;
        }
        if (Failures.unwrap(failure) instanceof StatusException refused) {
            return refused.status();
        }
        throw world.violation("G4", "a push failed otherwise than by a status: " + failure);
    }

    void close(long graceNanos) {
        log("close within " + graceNanos / World.MILLIS + " ms");
        session.close(Duration.ofNanos(graceNanos));
        closeReturned = true;
    }

    void rename(String id) {
        log("rename to " + id);
        session.rename(id);
    }

    void age(long millis) {
        log("age " + millis + " ms");
        session.age(Duration.ofMillis(millis));
    }

    // What happens.

    void disconnected(CloseCause why) {
        disconnects++;
        told = why;
        log("disconnected: " + why.reason());
        if (disconnects > 1) {
            throw world.violation("G5", name + " was told of its end " + disconnects + " times");
        }
    }

    private Received from(String sender) {
        return received.computeIfAbsent(sender, name -> new Received());
    }

    /** An ordered push has come. */
    void inOrder(String sender, int number) {
        Received from = from(sender);
        if (number <= from.lastInOrder) {
            throw world.violation(
                    "G8", name + " handles push " + number + " of " + sender + " behind " + from.lastInOrder);
        }
        from.lastInOrder = number;
    }

    void turnBegins(String sender) {
        if (++from(sender).inTurn > 1) {
            throw world.violation("G8", name + " handles two ordered messages of " + sender + " at once");
        }
    }

    void turnEnds(String sender) {
        from(sender).inTurn--;
    }

    void handlerBegins(String sender) {
        if (++from(sender).running > peer.handlersPerSession) {
            throw world.violation("G7", name + " runs too many handlers, limit " + peer.handlersPerSession);
        }
    }

    void handlerEnds(String sender) {
        from(sender).running--;
    }

    void checkEnd() {
        if (cause == null) {
            throw world.violation("G4", name + " never closed: " + session);
        }
        if (disconnects != 1) {
            throw world.violation("G5", name + " was told of its end " + disconnects + " times: " + session);
        }
        if (told != null && told.reason() != cause.reason()) {
            throw world.violation("G5", name + " ended for " + cause + " and was told " + told);
        }
        if (session.callsInFlight() != 0) {
            throw world.violation("G4", name + " has " + session.callsInFlight() + " calls in flight at the end");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
