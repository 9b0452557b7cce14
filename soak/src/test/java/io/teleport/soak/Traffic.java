package io.teleport.soak;

import com.google.protobuf.StringValue;
import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.session.Reply;
import io.teleport.session.Request;
import io.teleport.session.Session;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Sends calls and pushes and enters what becomes of them. Thread-safe. */
final class Traffic {

    private static final String TEXT =
            "The quick brown fox jumps over the lazy dog. 0123456789 abcdefghijklmnopqrstuvwxyz ".repeat(2600);

    private static final int LARGE = 200_000;

    private static final int BURST = 32_000;

    private static final int IMPATIENCE_MILLIS = 15;

    private final Ledger ledger;

    private final Latencies latencies;

    Traffic(Ledger ledger, Latencies latencies) {
        this.ledger = ledger;
        this.latencies = latencies;
    }

    /** Of a push, too. Ends when the outcome is entered; never fails. */
    CompletableFuture<Outcome> send(Op op, Session session, int link, long dueNanos) {
        return send(op, session, link, dueNanos, 0, 0, new int[1]);
    }

    /** An ordered push; gives its id. */
    int sendInOrder(Session session, int link, int stream, int previous) {
        int[] id = new int[1];
        send(Op.PUSH_ORDERED, session, link, System.nanoTime(), stream, previous, id);
        return id[0];
    }

    private CompletableFuture<Outcome> send(
            Op op, Session session, int link, long dueNanos, int stream, int previous, int[] given) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int id = ledger.begin(op, link, previous);
        given[0] = id;
        CompletableFuture<Outcome> outcome;
        try {
            Request request = session.request(op.route()).meta("id", Integer.toString(id));
            switch (random.nextInt(6)) {
                case 0 -> request.filter("gzip");
                case 1 -> request.filter("md5");
                case 2 -> request.filter("gzip").filter("md5");
                default -> {}
            }
            outcome = begin(op, request, new Load(id, previous, stream, random.nextInt(50), text(op, random)));
        } catch (RuntimeException e) {
            outcome = CompletableFuture.completedFuture(outcomeOf(op, e));
        }
        return outcome.thenApply(result -> {
            ledger.end(id, result);
            if (result == Outcome.OK) {
                latencies.record(op, dueNanos);
            }
            return result;
        });
    }

    private static String text(Op op, ThreadLocalRandom random) {
        int length = switch (op) {
            case ECHO_LARGE -> LARGE;
            case PUSH_BURST -> BURST;
            default -> random.nextInt(10) == 0 ? random.nextInt(8000) : random.nextInt(200);
        };
        int from = random.nextInt(1000);
        return TEXT.substring(from, from + length).strip();
    }

    private CompletableFuture<Outcome> begin(Op op, Request request, Load load) {
        return switch (op) {
            case PUSH, PUSH_ORDERED, PUSH_BURST ->
                request.push(load).handle((nothing, failure) -> failure == null ? Outcome.OK : outcomeOf(op, failure));
            case ECHO_FORM -> echo(op, request.codec("form"), load);
            case ECHO_XML -> echo(op, request.codec("xml"), load);
            case ECHO_PLAIN -> echo(op, request.codec("plain"), load.id() + ":" + load.text());
            case ECHO_BYTES -> echo(op, request, bytes(load), byte[].class, Arrays::equals);
            case ECHO_PROTOBUF -> echo(op, request.codec("protobuf"), StringValue.of(load.id() + ":" + load.text()));
            case ECHO_IDEMPOTENT -> echo(op, request.idempotent(), load);
            case ECHO_BLOCKING -> {
                Reply<Load> reply = request.call(load, Load.class);
                yield CompletableFuture.completedFuture(outcomeOf(op, load.id(), reply, load.equals(reply.value())));
            }
            case DEADLINE -> echo(op, request.timeout(Duration.ofMillis(IMPATIENCE_MILLIS)), load);
            case CANCEL -> cancelled(request, load);
            default -> echo(op, request, load);
        };
    }

    private static byte[] bytes(Load load) {
        byte[] random = new byte[load.text().length()];
        ThreadLocalRandom.current().nextBytes(random);
        return ByteBuffer.allocate(4 + random.length)
                .putInt(load.id())
                .put(random)
                .array();
    }

    private <T> CompletableFuture<Outcome> echo(Op op, Request request, T body) {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) body.getClass();
        return echo(op, request, body, type, Object::equals);
    }

    private <T> CompletableFuture<Outcome> echo(
            Op op, Request request, T body, Class<T> type, BiPredicate<T, @Nullable T> isRight) {
        return request.callAsync(body, type)
                .handle((reply, failure) -> failure != null
                        ? outcomeOf(op, failure)
                        : outcomeOf(op, 0, reply, reply.value() != null && isRight.test(body, reply.value())));
    }

    private CompletableFuture<Outcome> cancelled(Request request, Load load) {
        CompletableFuture<Reply<Load>> call = request.callAsync(load, Load.class);
        CompletableFuture<Outcome> outcome = call.handle((reply, failure) -> failure != null
                ? outcomeOf(Op.CANCEL, failure)
                : outcomeOf(Op.CANCEL, 0, reply, load.equals(reply.value())));
        call.cancel(false);
        return outcome;
    }

    private Outcome outcomeOf(Op op, int id, Reply<?> reply, boolean isRight) {
        if (!reply.isOk()) {
            return outcomeOf(op, reply.status());
        }
        if (!isRight) {
            ledger.complain("wrong reply for " + op + " " + id + ": " + reply);
        }
        return isRight ? Outcome.OK : Outcome.WRONG;
    }

    private Outcome outcomeOf(Op op, Status status) {
        Outcome outcome = Outcome.of(status);
        if (outcome == Outcome.UNEXPECTED) {
            ledger.complain(op + " ended with " + status);
        }
        return outcome;
    }

    private Outcome outcomeOf(Op op, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof CancellationException) {
            return Outcome.CANCELLED;
        }
        if (cause instanceof StatusException refused) {
            return outcomeOf(op, refused.status());
        }
        ledger.complain(op + " ended with " + cause);
        return Outcome.UNEXPECTED;
    }
}
