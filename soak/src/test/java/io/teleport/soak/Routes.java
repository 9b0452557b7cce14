package io.teleport.soak;

import com.google.protobuf.StringValue;
import io.teleport.message.StatusException;
import io.teleport.peer.Peer;
import io.teleport.router.CallContext;
import io.teleport.router.MessageContext;
import io.teleport.router.Router;
import io.teleport.session.Session;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** What both processes answer. */
final class Routes {

    /** Asks for pushes until one is refused. */
    static final String BURST = "/burst";

    private final Ledger ledger;

    private final Traffic traffic;

    private final ScheduledExecutorService timer;

    private final ToIntFunction<Session> linkOf;

    Routes(Ledger ledger, Traffic traffic, ScheduledExecutorService timer, ToIntFunction<Session> linkOf) {
        this.ledger = ledger;
        this.traffic = traffic;
        this.timer = timer;
        this.linkOf = linkOf;
    }

    void addTo(Peer peer, Consumer<Session> burst) {
        Router router = peer.router();
        router.call("/echo/object", Load.class, (context, load) -> echo(context, load.id(), load))
                .call("/echo/text", String.class, (context, text) -> echo(context, idOf(text), text))
                .call(
                        "/echo/bytes",
                        byte[].class,
                        (context, bytes) -> echo(context, ByteBuffer.wrap(bytes).getInt(), bytes))
                .call(
                        "/echo/protobuf",
                        StringValue.class,
                        (context, text) -> echo(context, idOf(text.getValue()), text))
                .call("/later", Load.class, (context, load) -> later(echo(context, load.id(), load)))
                .call("/decline", Load.class, (context, load) -> {
                    echo(context, load.id(), load);
                    throw StatusException.withoutStackTrace(Outcome.DECLINED.toStatus());
                })
                .call("/back", Load.class, (context, load) -> {
                    echo(context, load.id(), load);
                    return callBack(context, Op.NESTED).thenApply(outcome -> answer(load, outcome));
                })
                .call("/back/blocking", Load.class, (context, load) -> {
                    echo(context, load.id(), load);
                    return answer(load, callBack(context, Op.ECHO_BLOCKING).get());
                })
                .push("/push", Load.class, (context, load) -> echoOfPush(context, load))
                .push(BURST, int.class, (context, nothing) -> burst.accept(context.session()));
        router.inOrder().push("/push/ordered", Load.class, (context, load) -> {
            echoOfPush(context, load);
            OrderCheck.of(context.session()).received(load, ledger);
        });
    }

    private static int idOf(String text) {
        return Integer.parseInt(text.substring(0, text.indexOf(':')));
    }

    private <T> T echo(CallContext context, int id, T body) {
        received(context, id);
        context.replyMeta("id", Integer.toString(id));
        return body;
    }

    private void echoOfPush(MessageContext context, Load load) {
        received(context, load.id());
    }

    private void received(MessageContext context, int id) {
        ledger.received(id);
        String told = context.metadata().get("id");
        if (!Integer.toString(id).equals(told)) {
            ledger.complain("body " + id + " came with the metadata of " + told);
        }
    }

    private CompletableFuture<Load> later(Load load) {
        CompletableFuture<Load> result = new CompletableFuture<>();
        timer.schedule(() -> result.complete(load), load.millis(), TimeUnit.MILLISECONDS);
        return result;
    }

    private CompletableFuture<Outcome> callBack(MessageContext context, Op op) {
        Session session = context.session();
        return traffic.send(op, session, linkOf.applyAsInt(session), System.nanoTime());
    }

    private static Load answer(Load load, Outcome outcome) {
        if (outcome != Outcome.OK) {
            throw StatusException.withoutStackTrace(outcome.toStatus());
        }
        return load;
    }
}
