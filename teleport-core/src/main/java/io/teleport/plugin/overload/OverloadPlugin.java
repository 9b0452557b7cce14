package io.teleport.plugin.overload;

import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.plugin.PostAcceptHook;
import io.teleport.plugin.PostDialHook;
import io.teleport.plugin.PostDisconnectHook;
import io.teleport.plugin.PostReadCallHeaderHook;
import io.teleport.plugin.PostReadPushHeaderHook;
import io.teleport.session.IncomingMessage;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a peer from taking on more than it can do. The limits can be changed while it is in use; they are for all peers together that the plugin is part of.
 *
 * <p>A connection beyond a limit is closed without a message and with reason OVERLOADED; a dial that ends so fails with 105 and the text "connection overload, limit=L,
 * now=N" as cause. A CALL beyond a rate is answered with 500 "qps overload, …", and its session stays: first that of its session is charged ({@code session_limit=L}),
 * then that of all sessions ({@code total_limit=L}), then that of its route ({@code handler_limit=L}). A PUSH beyond a rate is dropped.
 *
 * <p>Texts are those of Go Teleport's overloader; what counts is different from it on purpose: a refused connection gives back nothing, and rates are exact.
 */
public final class OverloadPlugin
        implements PostAcceptHook, PostDialHook, PostDisconnectHook, PostReadCallHeaderHook, PostReadPushHeaderHook {

    private static final String NAME = "overload";

    /** Attribute of the sessions that were counted: what they were counted for. */
    private static final String COUNTED = OverloadPlugin.class.getName() + ".host";

    /** Limits and their buckets, changed together. */
    private record State(OverloadLimits limits, Rates rates) {}

    private final LongSupplier clock;

    private final Connections connections = new Connections();

    private final AtomicReference<State> state;

    public OverloadPlugin(OverloadLimits limits) {
        this(limits, System::nanoTime);
    }

    OverloadPlugin(OverloadLimits limits, LongSupplier clock) {
        this.clock = clock;
        this.state = new AtomicReference<>(new State(limits, new Rates(limits, clock, null)));
    }

    /** The limits that hold now. */
    public OverloadLimits limits() {
        return current().limits();
    }

    /**
     * Puts other limits in the place of those before, all at once. Connections beyond the new limits stay; a rate that changes begins with a full second, one that does
     * not change goes on.
     */
    public void limits(OverloadLimits limits) {
        state.updateAndGet(before -> new State(limits, new Rates(limits, clock, before.rates())));
    }

    /** Connections that are counted now. */
    public int connections() {
        return connections.count();
    }

    private State current() {
        return Objects.requireNonNull(state.get());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void postAccept(Session session) {
        count(session);
    }

    @Override
    public void postDial(Session session, boolean redial) {
        // A session that dials again still has its place.
        if (!session.attributes().containsKey(COUNTED)) {
            count(session);
        }
    }

    private void count(Session session) {
        String host = Connections.host(session.remoteAddress());
        Status refusal = connections.take(host, limits());
        if (refusal != null) {
            session.close(Duration.ZERO, CloseReason.OVERLOADED, refusal.msg());
            throw StatusException.withoutStackTrace(refusal);
        }
        session.attributes().put(COUNTED, host);
    }

    @Override
    public void postDisconnect(Session session, CloseCause cause) {
        Object host = session.attributes().remove(COUNTED);
        if (host != null) {
            connections.giveBack((String) host);
        }
    }

    @Override
    public void postReadCallHeader(IncomingMessage call) {
        pass(call);
    }

    @Override
    public void postReadPushHeader(IncomingMessage push) {
        pass(push);
    }

    private void pass(IncomingMessage message) {
        @Nullable Status refusal = current().rates().refusal(message.session(), message.serviceMethod());
        if (refusal != null) {
            throw StatusException.withoutStackTrace(refusal);
        }
    }

    @Override
    public String toString() {
        return "OverloadPlugin[" + limits() + "]";
    }
}
