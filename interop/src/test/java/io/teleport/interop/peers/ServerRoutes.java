package io.teleport.interop.peers;

import io.teleport.message.Metadata;
import io.teleport.message.StatusException;
import io.teleport.router.CallContext;
import io.teleport.router.CallHandler;
import io.teleport.router.Router;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The server's routes, as the Go peer has them ({@code go-peer/README.md}). */
final class ServerRoutes {

    record Division(double a, double b) {}

    record PushOrder(String method, String text, int times) {}

    record CallBackOrder(String method, List<Integer> numbers) {}

    record CloseOrder(boolean abrupt, boolean reset) {}

    private final Recorder recorder;

    private final Set<CompletableFuture<Long>> sleepers = ConcurrentHashMap.newKeySet();

    ServerRoutes(Recorder recorder) {
        this.recorder = recorder;
    }

    void register(Router router) {
        call(router, "/math/add", int[].class, (context, numbers) -> {
            context.replyMeta("X-Served-By", "java");
            return IntStream.of(numbers).sum();
        });
        call(router, "/math/divide", Division.class, (context, division) -> divide(division));
        call(router, "/echo/bytes", byte[].class, (context, body) -> body);
        call(router, "/echo/sleep", Long.class, (context, milliseconds) -> sleep(milliseconds));
        call(router, "/echo/meta", Integer.class, ServerRoutes::echoMetadata);
        call(router, "/panic", byte[].class, (context, body) -> {
            throw new IllegalStateException("boom");
        });
        call(router, "/server/push", PushOrder.class, ServerRoutes::push);
        call(
                router,
                "/server/call_back",
                CallBackOrder.class,
                (context, order) -> context.session().call(order.method(), order.numbers(), Integer.class));
        call(router, "/server/close", CloseOrder.class, (context, order) -> {
            JavaSide.end(context.session(), order.abrupt() ? Ending.ABRUPT : Ending.GRACEFUL);
            return true;
        });
        router.push("/status", String.class, recorder::push);
    }

    private <A> void call(Router router, String path, Class<A> argument, CallHandler<A> handler) {
        router.call(path, argument, (context, value) -> {
            recorder.call(context);
            return handler.handle(context, value);
        });
    }

    private static double divide(Division division) {
        if (division.b() == 0) {
            throw new StatusException(1001, "divide by zero", "b is 0");
        }
        return division.a() / division.b();
    }

    private CompletableFuture<Long> sleep(long milliseconds) {
        CompletableFuture<Long> sleeper =
                new CompletableFuture<Long>().completeOnTimeout(milliseconds, milliseconds, TimeUnit.MILLISECONDS);
        sleepers.add(sleeper);
        return sleeper;
    }

    /** No handler outlives its test. */
    void wakeSleepers() {
        sleepers.forEach(sleeper -> sleeper.complete(0L));
    }

    private static int echoMetadata(CallContext context, int code) {
        for (Metadata.Entry entry : context.metadata().entries()) {
            context.replyMeta(entry.key(), entry.value());
        }
        if (code != 0) {
            throw new StatusException(code, "as asked for", "");
        }
        return context.metadata().size();
    }

    private static int push(CallContext context, PushOrder order) {
        for (int i = 0; i < order.times(); i++) {
            context.session()
                    .request(order.method())
                    .meta("X-Push-Index", Integer.toString(i))
                    .push(order.text())
                    .join();
        }
        return order.times();
    }
}
