package io.teleport.session;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A lasting conversation with another peer. Both sides may call and push, whoever connected. Thread-safe.
 *
 * <p>A session is one connection, unless it was dialed with a {@link RedialPolicy}: then it lives on over one connection after another until it is closed
 * or given up. What was begun on a connection ends with it (G2); only calls of which no byte was written, or which are {@link Request#idempotent()}, go on
 * to the next (G6).
 *
 * <p>Messages of one session reach handlers in parallel (G8); replies are matched by number alone. Every call ends exactly once (G4).
 */
public interface Session extends Requester, AutoCloseable {

    /** Attribute for the last heartbeat, a {@link java.time.Instant}; kept by whatever looks after heartbeats, and shown for the socket. */
    String LAST_BEAT = "teleport.last-beat";

    /**
     * Key in the peer's session registry; at first the client's address, {@code ip:port}, on both sides, as in Go. Where the client has none, as over a
     * Unix socket, each side has an id of its own. Where another session of the peer has it already, since connections may have one end in common, it is
     * followed by {@code #} and the number of the socket.
     */
    String id();

    /**
     * Takes another id and its place in the registry. A session that held it before is closed with reason KICKED; this one is never lost from the
     * registry meanwhile. The other side is not told.
     *
     * @param newId the id; empty returns to the address
     */
    void rename(String newId);

    /** Who the other side has proved to be; null as long as nobody has said so with {@link #login}. */
    @Nullable
    Principal principal();

    /**
     * As {@link #principal}, for what only somebody who is known may do.
     *
     * @throws StatusException 401 if nobody has logged in
     */
    default Principal requirePrincipal() {
        Principal principal = principal();
        if (principal == null) {
            throw new StatusException(Status.builtIn(StatusCode.UNAUTHORIZED, "not logged in"));
        }
        return principal;
    }

    /**
     * Says who the other side has proved to be. The auth plugin does so before the session is open; where the login is a CALL of the application,
     * its handler does so later. Once for each session. The peer's {@link LoginPolicy} decides at this moment; sessions that are replaced are closed
     * then, or when this session opens if it is not open yet. They are never waited for.
     *
     * @throws StatusException 401 if the policy refuses the login, 102 if the session is closing or closed
     * @throws IllegalStateException if somebody is logged in already
     */
    void login(Principal principal);

    SessionState state();

    /** Whether calls can be made now: the session is open, and the other side has not said that it is shutting down. */
    boolean isHealthy();

    /** {@code ip:port} of the other end; over a Unix socket the path of the listening side, for a client without one followed by {@code #} and a number. */
    String remoteAddress();

    /** This end, as {@link #remoteAddress}. */
    String localAddress();

    /**
     * The certificates with which the other side proved who it is, its own first, as they were checked when the connection was made. Empty if it showed
     * none, as clients need not, and without TLS.
     */
    List<X509Certificate> peerCertificates();

    /** Id of the socket below, as Actuator shows it. */
    String socketId();

    /** Calls of either side that run on this session now. */
    int callsInFlight();

    /** Whatever the application wants to keep with the session. Thread-safe; takes no null. */
    Map<String, Object> attributes();

    /**
     * Limits the life of this session: when the time has passed, from now or, before it is open, from its opening, the connection is closed at once with
     * reason AGE_EXPIRED. Traffic does not extend it; calls that wait then get 102 with a cause that ends with {@code i/o timeout}, as in Go.
     *
     * @param newAge zero for no limit; instead of the peer's session age, or of what was set before
     * @throws IllegalArgumentException if it is negative
     */
    void age(Duration newAge);

    /** The limit on the life of this session, as a whole; zero if there is none. */
    Duration age();

    /** What is left of {@link #age()}; empty if there is no limit, and unless the session has been opened and its connection is there. */
    Optional<Duration> remainingAge();

    /**
     * Whether the other side keeps up: false from the moment the outbound queue is three quarters full until it is no more than one quarter full, and
     * whenever nothing can be sent at all. Calls and pushes are accepted all the same, as long as there is room.
     */
    boolean isWritable();

    /**
     * Runs the callback once, on a handler thread: soon if the other side keeps up now, else when it does again. Where the connection ends first it runs
     * then, and what it sends ends with 102, or waits if the session is dialed again.
     */
    void onWritable(Runnable callback);

    /**
     * Closes gracefully: no new call or push of ours begins, those of the other side are still served; handlers that run and calls that wait may end within the peer's close timeout, then
     * are completed with 102; then the connection is closed. Returns at once, may be called anywhere and repeatedly.
     */
    @Override
    void close();

    /** As {@link #close()}, with another limit; zero closes without waiting. */
    CompletionStage<CloseCause> close(Duration gracePeriod);

    /**
     * As {@link #close(Duration)}, with a reason other than LOCAL and a text for people. With SHUTDOWN the other side is told to go elsewhere, if it
     * understands that ({@link GoAway}), and else new calls of it get 503; the connection stays until it has said that no call of it is on the way, within the
     * grace period.
     */
    CompletionStage<CloseCause> close(Duration gracePeriod, CloseReason reason, String detail);

    /**
     * Completes when the other side has said that it is shutting down, which only Java peers do; never otherwise. New calls and pushes then get 503
     * "Service Unavailable", those that wait may end, those of the other side are served; the other side will close the connection.
     */
    CompletionStage<GoAway> goAwayFuture();

    /** Completes once, when the connection is gone and every call has its outcome. */
    CompletionStage<CloseCause> closeFuture();
}
