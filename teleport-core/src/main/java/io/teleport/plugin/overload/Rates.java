package io.teleport.plugin.overload;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.session.Session;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The buckets for one set of limits. Immutable but for what the buckets hold. */
final class Rates {

    private static final String SESSION_BUCKET = TokenBucket.class.getName();

    private final LongSupplier clock;

    private final @Nullable TokenBucket total;

    private final int perSession;

    private final Map<String, TokenBucket> routes = new HashMap<>();

    /** @param before whose buckets are kept where the limit stays the same, null for none */
    Rates(OverloadLimits limits, LongSupplier clock, @Nullable Rates before) {
        this.clock = clock;
        this.total = limits.rate() == 0 ? null : kept(before == null ? null : before.total, limits.rate());
        this.perSession = limits.ratePerSession();
        limits.routes()
                .forEach((route, limit) ->
                        routes.put(route, kept(before == null ? null : before.routes.get(route), limit)));
    }

    private TokenBucket kept(@Nullable TokenBucket before, int limit) {
        return before != null && before.perSecond() == limit ? before : new TokenBucket(limit, clock);
    }

    /** Null if the message may pass, else its refusal. A session that sends too much does not use up what others share with it. */
    @Nullable
    Status refusal(Session session, String serviceMethod) {
        if (perSession > 0 && !ofSession(session).take()) {
            return overload("session_limit", perSession);
        }
        if (total != null && !total.take()) {
            return overload("total_limit", total.perSecond());
        }
        TokenBucket route = routes.get(serviceMethod);
        if (route != null && !route.take()) {
            return overload("handler_limit", route.perSecond());
        }
        return null;
    }

    private TokenBucket ofSession(Session session) {
        return (TokenBucket) session.attributes()
                .compute(
                        SESSION_BUCKET,
                        (key, present) -> present instanceof TokenBucket bucket && bucket.perSecond() == perSession
                                ? bucket
                                : new TokenBucket(perSession, clock));
    }

    private static Status overload(String which, int limit) {
        return Status.of(StatusCode.INTERNAL_SERVER_ERROR, "qps overload, " + which + "=" + limit);
    }
}
