package io.teleport.simulation;

import io.teleport.message.Status;
import io.teleport.router.CallContext;
import io.teleport.router.MessageContext;
import io.teleport.router.Router;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Handlers of every kind; none blocks, since there is one thread. */
final class Routes {

    /** What handlers and hooks refuse with. */
    static final int REFUSED = 1001;

    static final List<String> CALLS = List.of(
            "/echo",
            "/echo",
            "/inline",
            "/slow",
            "/slow",
            "/back",
            "/back",
            "/fail",
            "/closing",
            "/never",
            "/turn",
            "/turn",
            "/renaming",
            "/big");

    /** After which time a handler that never ends is given up, so that a schedule can end. */
    private static final long NEVER = 60_000 * World.MILLIS;

    private final World world;

    private final Ledger ledger;

    private final SimPeer peer;

    Routes(World world, Ledger ledger, SimPeer peer) {
        this.world = world;
        this.ledger = ledger;
        this.peer = peer;
    }

    static String reply(int id) {
        return "reply to " + id;
    }

    void register(Router router) {
        router.call("/echo", String.class, (ctx, body) -> result(ctx));
        router.inline().call("/inline", String.class, (ctx, body) -> result(ctx));
        router.call("/slow", String.class, (ctx, body) -> slow(ctx, 300));
        router.call("/big", String.class, (ctx, body) -> result(ctx));
        router.inOrder().call("/turn", String.class, (ctx, body) -> turn(ctx));
        router.call("/back", String.class, (ctx, body) -> back(ctx));
        router.call("/fail", String.class, (ctx, body) -> {
            result(ctx);
            throw Status.of(REFUSED, "refused", "by a handler").toException();
        });
        router.call("/closing", String.class, (ctx, body) -> {
            String result = result(ctx);
            session(ctx).close(world.chance(1, 2) ? 0 : world.some(500 * World.MILLIS));
            return result;
        });
        router.call("/renaming", String.class, (ctx, body) -> {
            String result = result(ctx);
            session(ctx).rename("id" + world.random.nextInt(3));
            return result;
        });
        router.call("/never", String.class, (ctx, body) -> never(ctx));
        router.push("/note", String.class, (ctx, body) -> handled(ctx));
        router.inline().push("/quick", String.class, (ctx, body) -> handled(ctx));
        router.inOrder().push("/order", String.class, (ctx, body) -> {
            handled(ctx);
            session(ctx).inOrder(from(ctx), Integer.parseInt(ctx.metadata().get("number", "")));
        });
        router.push("/calling", String.class, (ctx, body) -> {
            handled(ctx);
            session(ctx).call("/echo");
        });
    }

    private SimSession session(MessageContext ctx) {
        return peer.of(ctx.session());
    }

    private static String from(MessageContext ctx) {
        return ctx.metadata().get("from", "");
    }

    private int handled(MessageContext ctx) {
        int id = Integer.parseInt(ctx.metadata().get("id", ""));
        ledger.handled(id, session(ctx).toString());
        return id;
    }

    private String result(CallContext ctx) {
        int id = handled(ctx);
        ctx.replyMeta("id", String.valueOf(id));
        return reply(id);
    }

    private CompletableFuture<String> slow(CallContext ctx, long millis) {
        String result = result(ctx);
        SimSession session = session(ctx);
        session.handlerBegins(from(ctx));
        CompletableFuture<String> later = new CompletableFuture<>();
        String sender = from(ctx);
        world.after(world.some(millis * World.MILLIS), () -> {
            session.handlerEnds(sender);
            later.complete(result);
        });
        return later;
    }

    private CompletableFuture<String> turn(CallContext ctx) {
        SimSession session = session(ctx);
        session.turnBegins(from(ctx));
        String result = result(ctx);
        CompletableFuture<String> later = new CompletableFuture<>();
        String sender = from(ctx);
        world.after(world.some(50 * World.MILLIS), () -> {
            session.turnEnds(sender);
            later.complete(result);
        });
        return later;
    }

    /** Calls back on its own session, and answers when that has its outcome, whatever it is. */
    private CompletableFuture<String> back(CallContext ctx) {
        String result = result(ctx);
        CompletableFuture<String> later = new CompletableFuture<>();
        session(ctx)
                .call(
                        world.chance(1, 2) ? "/echo" : "/slow",
                        1 + world.some(3_000),
                        false,
                        0,
                        status -> later.complete(result));
        return later;
    }

    private CompletableFuture<String> never(CallContext ctx) {
        String result = result(ctx);
        CompletableFuture<String> later = new CompletableFuture<>();
        Runnable forget = world.after(NEVER, () -> later.complete(result));
        ctx.onCancel(() -> {
            world.log("the handler of " + result.substring("reply to ".length()) + " is cancelled");
            forget.run();
            later.complete(result);
        });
        return later;
    }
}
