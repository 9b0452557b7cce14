package io.teleport.plugin.proxy;

import io.teleport.plugin.PluginHost;
import io.teleport.plugin.SetUpHook;
import io.teleport.router.Router;
import io.teleport.session.Requester;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Forwards every CALL and PUSH that has no route here to another session, and the reply back: service method, body, codec ids and metadata as they are, so that
 * neither side notices, whatever codec it uses. Transfer filters are those of each connection and are not passed on. Takes the place of handlers for unknown
 * routes. No thread waits for a reply.
 *
 * <p>Added to the metadata are {@code X-Real-IP}, the address of the caller, unless there is one; how long the caller still waits, if it said so
 * ({@code X-Timeout-Ms}); and the number of proxies passed, {@value #HOPS}: a message that has passed too many goes round in a circle and is answered with 502.
 *
 * <p>What the backend answers, whatever its status, is passed on unchanged. Where it cannot be reached or asked (a local failure with a code from 100 to 199, or no
 * session), the caller gets 502 "Bad Gateway" with the cause. A PUSH that cannot be forwarded is dropped, and logged.
 */
public final class ProxyPlugin implements SetUpHook {

    /** Metadata key under which proxies count. */
    public static final String HOPS = "X-Teleport-Hops";

    /** Proxies that a message may pass, unless told otherwise. */
    public static final int MAX_HOPS = 16;

    private static final String NAME = "proxy";

    private final ProxyTarget target;

    private final boolean calls;

    private final boolean pushes;

    private final int maxHops;

    private ProxyPlugin(ProxyTarget target, boolean calls, boolean pushes, int maxHops) {
        this.target = Objects.requireNonNull(target, "target");
        this.calls = calls;
        this.pushes = pushes;
        this.maxHops = maxHops;
    }

    /** Forwards to where the target says. */
    public static ProxyPlugin to(ProxyTarget target) {
        return new ProxyPlugin(target, true, true, MAX_HOPS);
    }

    /** Forwards to the session that is the right one at the time; an exception of the supplier is a 502. */
    public static ProxyPlugin toSession(Supplier<? extends Requester> session) {
        Objects.requireNonNull(session, "session");
        return to(message -> CompletableFuture.completedFuture(session.get()));
    }

    /** The same for calls only; pushes without route are dropped. */
    public ProxyPlugin callsOnly() {
        return new ProxyPlugin(target, true, false, maxHops);
    }

    /** The same for pushes only; calls without route are answered with 404. */
    public ProxyPlugin pushesOnly() {
        return new ProxyPlugin(target, false, true, maxHops);
    }

    /**
     * The same with another number of proxies that a message may pass, this one included.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public ProxyPlugin maxHops(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("Proxies to pass: " + limit + " (expected 1 or more)");
        }
        return new ProxyPlugin(target, calls, pushes, limit);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void setUp(PluginHost host) {
        Forwarding forwarding = new Forwarding(target, maxHops);
        Router router = host.router();
        // Bytes of its own for each message: it may have to wait for a connection, longer than its caller does.
        if (calls) {
            router.unknownCall(byte[].class, forwarding::call);
        }
        if (pushes) {
            router.unknownPush(byte[].class, forwarding::push);
        }
    }
}
