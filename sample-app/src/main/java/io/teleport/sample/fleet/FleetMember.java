package io.teleport.sample.fleet;

import io.teleport.codec.TypeRef;
import io.teleport.sample.chat.JoinRequest;
import io.teleport.session.Reply;
import io.teleport.session.Session;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One session that joins a room of its own now and then: the answer proves as whom the service knows it. */
final class FleetMember {

    private static final TypeRef<List<String>> NAMES = new TypeRef<>() {};

    private final String name;

    private final Session session;

    private final CallCounts counts;

    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    FleetMember(String name, Session session, CallCounts counts) {
        this.name = name;
        this.session = session;
        this.counts = counts;
    }

    /** Calls, unless the call before has not ended. The future of the one that is under way then completes, however it ends, once it is counted. */
    synchronized CompletableFuture<?> call() {
        if (last.isDone()) {
            counts.made();
            last = session.request("/chat/join")
                    .callAsync(new JoinRequest(name), NAMES)
                    .handle(this::count);
        }
        return last;
    }

    private boolean count(@Nullable Reply<List<String>> reply, @Nullable Throwable failure) {
        if (reply == null) {
            counts.failed(String.valueOf(failure));
        } else if (reply.isOk()) {
            counts.answered(List.of(name).equals(reply.body()));
        } else {
            counts.failed(reply.status().code() + " " + reply.status().msg());
        }
        return reply != null && reply.isOk();
    }
}
