package io.teleport.session;

import io.teleport.codec.TypeRef;
import io.teleport.message.StatusException;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A lasting conversation with another peer. Both sides may call and push, whoever connected. Thread-safe.
 *
 * <p>Messages of one session reach handlers in parallel (G8); replies are matched by number alone. Every call ends exactly once (G4).
 */
public interface Session extends AutoCloseable {

    /**
     * Key in the peer's session registry; at first the client's address, {@code ip:port}, on both sides, as in Go. Where the client has none, as over a
     * Unix socket, each side has an id of its own.
     */
    String id();

    /**
     * Takes another id and its place in the registry. A session that held it before is closed with reason KICKED; this one is never lost from the
     * registry meanwhile. The other side is not told.
     *
     * @param newId the id; empty returns to the address
     */
    void rename(String newId);

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
     * Calls and waits for the result.
     *
     * @param serviceMethod route at the other side
     * @param body argument: an object for the default codec, bytes as they are, or null for none
     * @param resultType type of the result; {@code byte[]} for the bytes as they are, {@code void} to ignore it
     * @return the result; null if the reply has no body
     * @throws StatusException with the other side's status, or 102 if the connection ended, 104 if nothing could be sent, 408 if no reply came
     *     within the call timeout
     * @throws IllegalStateException on an event loop, where waiting would stop other connections
     */
    <R> R call(String serviceMethod, @Nullable Object body, Class<R> resultType);

    /** As {@link #call(String, Object, Class)}, for results with type arguments. */
    <R> R call(String serviceMethod, @Nullable Object body, TypeRef<R> resultType);

    /**
     * Calls without waiting. The future completes on a handler thread, never on an event loop; it fails with a {@link StatusException} where
     * {@link #call} throws one. Cancelling it forgets the call at once.
     */
    <R> CompletableFuture<R> callAsync(String serviceMethod, @Nullable Object body, Class<R> resultType);

    /** As {@link #callAsync(String, Object, Class)}, for results with type arguments. */
    <R> CompletableFuture<R> callAsync(String serviceMethod, @Nullable Object body, TypeRef<R> resultType);

    /**
     * Pushes: sends without a reply. Returns when the message is queued for sending; {@link Request#push} tells when it was sent.
     *
     * @throws StatusException 102 if the session is closed, 104 if the message cannot be packed or too much waits already
     */
    void push(String serviceMethod, @Nullable Object body);

    /** A call or push with options of its own. */
    Request request(String serviceMethod);

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
     * understands that ({@link GoAway}), and new calls of it get 503; the connection stays until it has said that no call of it is on the way, within the
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
