package io.teleport.boot.autoconfigure;

import io.teleport.plugin.heartbeat.PingMode;
import io.teleport.router.Ordering;
import io.teleport.session.LoginPolicy;
import io.teleport.session.WhileRedialing;
import io.teleport.socket.OutboundPolicy;
import io.teleport.transport.tls.ClientCertificates;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Properties of Teleport.
 *
 * @param enabled Whether peers, annotated handlers and declarative clients are set up.
 * @param shutdown What happens when the application shuts down.
 * @param defaults Values for every peer that does not have its own.
 * @param peers Peers by name. Without any, and with handlers in the application, one named 'default' listens on tcp://0.0.0.0:9090.
 */
@Validated
@ConfigurationProperties("teleport")
public record TeleportProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Shutdown shutdown,
        @DefaultValue @Valid Settings defaults,
        @Nullable Map<String, @Valid Settings> peers) {

    public TeleportProperties {
        peers = peers == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(peers));
    }

    /** The peers in the order of configuration, each with the defaults for what it does not say itself. */
    Map<String, Settings> effectivePeers() {
        Map<String, Settings> effective = new LinkedHashMap<>();
        if (peers != null) {
            peers.forEach((name, settings) -> effective.put(name, settings.orElse(defaults)));
        }
        return effective;
    }

    /**
     * What a peer can be told. A value that is set nowhere is the default of the core, {@link io.teleport.peer.PeerDefaults}.
     *
     * @param listen Addresses to listen on, such as tcp://0.0.0.0:9090. Port 0 is any free one.
     * @param dial Addresses of one remote peer, such as tcp://example.org:9090, tried in order until one answers. The connection is kept: when it ends, they are tried again.
     * @param redial How those addresses are dialed, at first and again.
     * @param protocol Name of the protocol on every connection.
     * @param bodyCodec Name of the codec of bodies whose sender names none.
     * @param acceptedBodyCodecs Names of the body codecs that are used. To any other the peer says the same as to one that nobody knows. All there are by default.
     * @param messageLimit Size of a message at the most, both ways, also after decompression.
     * @param outboundLimit Size of what may wait to be written on one session. What becomes of writes beyond it, the policy says.
     * @param outboundPolicy What becomes of a write for which there is no room, since the other side reads too slowly.
     * @param pendingLimit Number of calls that may wait for a reply on one session. More are refused.
     * @param frameTimeout Time in which a message that has begun must be whole.
     * @param handshakeTimeout Time that the handshake of a network (TLS, WebSocket) may take.
     * @param dialTimeout Time that connecting to one address may take, also how long callers wait for the first connection.
     * @param callTimeout Time that a call waits for its reply unless it says otherwise.
     * @param closeTimeout Time that running handlers and pending calls get when a session or the peer is closed. Zero does not wait.
     * @param handlersPerSession Number of messages of one session that may be handled at once. More are refused.
     * @param handler Threads that run handlers, unless they run on virtual threads.
     * @param eventLoopThreads Number of event loops for each network in use.
     * @param closedSocketHistory Number of closed sockets that are remembered.
     * @param ordering Order in which messages are handled, one after another: those of a session, or those with the same key.
     * @param orderingKey Metadata key that holds the key by which messages are ordered.
     * @param contextAge Time that the handling of a call or push may take. Then the caller is answered 408. Zero, the default, is any time.
     * @param ignoreCase Whether service methods of incoming messages are made lower-case before they are routed.
     * @param validation Whether arguments with constraints are validated. They are, by default, where the application has a validator.
     * @param runLog Line in the log for each call and push.
     * @param loginPolicy What becomes of a login while another session of the same principal is there.
     * @param auth Proof of identity before a session is open.
     * @param sessionAge Time that a session may live, whatever goes over it. Zero, the default, is for ever.
     * @param retryAfter Time for which others are told to leave the addresses of this peer alone when it shuts down. Zero, the default, lets them dial at once.
     * @param reusePort Whether other processes may listen on the same addresses at the same time, so that one can take over from another. Needs native epoll.
     * @param pool Several sessions with the remote peer instead of one. There is a pool if any value of it is set.
     * @param includeCause Whether the text of an unexpected exception is sent to the caller.
     * @param serviceMethodMapper How names of methods become service methods.
     * @param tls Certificates of connections with TLS.
     * @param secure Keys of the plugin that encrypts bodies.
     * @param aesGcm Keys of the filter that encrypts messages.
     * @param webSocket How the networks ws and wss listen and dial.
     * @param heartbeat Heartbeats, which find connections that died without a word.
     * @param overload Limits on connections, calls and pushes.
     * @param proxy Where calls and pushes without a handler go.
     */
    public record Settings(
            @Nullable List<String> listen,
            @Nullable List<String> dial,
            @DefaultValue @Valid Redial redial,
            @Nullable String protocol,
            @Nullable String bodyCodec,
            @Nullable List<String> acceptedBodyCodecs,
            @Nullable DataSize messageLimit,
            @Nullable DataSize outboundLimit,
            @Nullable OutboundPolicy outboundPolicy,
            @Nullable @Min(1) Integer pendingLimit,
            @Nullable Duration frameTimeout,
            @Nullable Duration handshakeTimeout,
            @Nullable Duration dialTimeout,
            @Nullable Duration callTimeout,
            @Nullable Duration closeTimeout,
            @Nullable @Min(1) Integer handlersPerSession,
            @DefaultValue @Valid Handler handler,
            @Nullable @Min(1) Integer eventLoopThreads,
            @Nullable @Min(0) Integer closedSocketHistory,
            @Nullable Ordering ordering,
            @Nullable String orderingKey,
            @Nullable Duration contextAge,
            @Nullable Boolean ignoreCase,
            @Nullable Boolean validation,
            @DefaultValue @Valid RunLog runLog,
            @Nullable LoginPolicy loginPolicy,
            @DefaultValue @Valid Auth auth,
            @Nullable Duration sessionAge,
            @Nullable Duration retryAfter,
            @Nullable Boolean reusePort,
            @DefaultValue @Valid Pool pool,
            @Nullable Boolean includeCause,
            @Nullable Naming serviceMethodMapper,
            @DefaultValue @Valid Tls tls,
            @DefaultValue @Valid Secure secure,
            @DefaultValue @Valid AesGcm aesGcm,
            @DefaultValue @Valid WebSocket webSocket,
            @DefaultValue @Valid Heartbeat heartbeat,
            @DefaultValue @Valid Overload overload,
            @DefaultValue @Valid Proxy proxy)
            implements Mergeable<Settings> {}

    /**
     * Line in the log for each call and push, under the logger io.teleport.runlog.
     *
     * @param enabled Whether lines are written.
     * @param countTime Whether the cost is measured. It is, by default, if there is a slow threshold.
     * @param slowThreshold Cost from which on a call or push is slow and logged as a warning. Zero, the default, for never.
     * @param detail Whether metadata and bodies are shown, other than secret ones.
     * @param secretMetadata Metadata keys whose values are never shown, instead of Authorization, Cookie, X-Token and the like.
     * @param secretRoutes Service methods whose bodies are never shown.
     */
    public record RunLog(
            @Nullable Boolean enabled,
            @Nullable Boolean countTime,
            @Nullable Duration slowThreshold,
            @Nullable Boolean detail,
            @Nullable List<String> secretMetadata,
            @Nullable List<String> secretRoutes)
            implements Mergeable<RunLog> {}

    /**
     * Proof of identity before a session is open. It may take the handshake timeout. An empty text takes back what the defaults say.
     *
     * @param checker Name or qualifier of the TokenChecker bean that decides who may connect.
     * @param supplier Name or qualifier of the TokenSupplier bean that says what to send when dialing.
     * @param token Fixed token to send when dialing, instead of a supplier.
     * @param codec Name of the codec of tokens and of what is sent back. That of other bodies by default.
     */
    public record Auth(
            @Nullable String checker,
            @Nullable String supplier,
            @Nullable String token,
            @Nullable String codec) implements Mergeable<Auth> {

        /** A supplier or token of its own stands for both of the others'. */
        @Override
        public Auth orElse(Auth other) {
            boolean own = supplier != null || token != null;
            return new Auth(
                    checker != null ? checker : other.checker,
                    own ? supplier : other.supplier,
                    own ? token : other.token,
                    codec != null ? codec : other.codec);
        }

        /** Never the token. */
        @Override
        public String toString() {
            return "Auth[checker=" + checker + ", supplier=" + supplier + ", token=" + (token == null ? null : "(set)")
                    + ", codec=" + codec + "]";
        }
    }

    /**
     * How a remote peer is dialed, at first and whenever the connection has ended. A round tries each address once.
     *
     * @param rounds Rounds after the first that fails. Below 0, the default, without limit.
     * @param firstDelay Upper bound of the first delay, which is random and whose bound doubles with each failure.
     * @param longestDelay Upper bound of every delay.
     * @param interval The same delay each time, as in Go, instead of random ones.
     * @param whileRedialing What becomes of calls and pushes while there is no connection.
     * @param randomOrder Whether each round tries the addresses in a random order, so that clients spread over them.
     * @param asideTime Time for which an address that failed is tried only after the others.
     */
    public record Redial(
            @Nullable Integer rounds,
            @Nullable Duration firstDelay,
            @Nullable Duration longestDelay,
            @Nullable Duration interval,
            @Nullable WhileRedialing whileRedialing,
            @Nullable Boolean randomOrder,
            @Nullable Duration asideTime)
            implements Mergeable<Redial> {}

    /**
     * Several sessions with one remote peer. A call goes over the one with the fewest calls in flight.
     *
     * @param maxSessions Number of sessions at the most.
     * @param idleTime Time without calls after which a session is closed.
     * @param busyCalls Number of calls in flight from which on a session counts as busy. When all are, a new one is dialed.
     */
    public record Pool(
            @Nullable @Min(1) Integer maxSessions,
            @Nullable Duration idleTime,
            @Nullable @Min(1) Integer busyCalls) implements Mergeable<Pool> {

        boolean isSet() {
            return maxSessions != null || idleTime != null || busyCalls != null;
        }
    }

    /**
     * What happens when the application shuts down.
     *
     * @param delay Time from when the readiness of the application tells that it refuses traffic to when its peers accept no more connections.
     */
    public record Shutdown(@DefaultValue("0s") Duration delay) {}

    /**
     * Threads of a peer's handlers.
     *
     * @param threads Number of threads at the most.
     * @param queue Number of messages that may wait for a thread. More are refused.
     */
    public record Handler(
            @Nullable @Min(1) Integer threads,
            @Nullable @Min(1) Integer queue) implements Mergeable<Handler> {}

    /**
     * How the networks ws and wss listen and dial.
     *
     * @param allowedOrigins Origins whose pages may connect, such as https://shop.example, or * for every one. Without any, those of the host and port that the request names. What is no browser is not asked for an origin.
     * @param dialHeaders Headers to send when dialing, by name.
     * @param pingInterval Silence after which the other side is sent a ping. Zero, the default, sends none.
     */
    public record WebSocket(
            @Nullable List<String> allowedOrigins,
            @Nullable Map<String, String> dialHeaders,
            @Nullable Duration pingInterval)
            implements Mergeable<WebSocket> {

        boolean isSet() {
            return allowedOrigins != null || dialHeaders != null || pingInterval != null;
        }

        /** Never what a header holds. */
        @Override
        public String toString() {
            return "WebSocket[allowedOrigins=" + allowedOrigins + ", dialHeaders="
                    + (dialHeaders == null ? null : dialHeaders.keySet()) + ", pingInterval=" + pingInterval + "]";
        }
    }

    /**
     * Certificates of connections with TLS.
     *
     * @param bundle Name of the SSL bundle with the certificate to show and the authorities to trust. Needed to listen. Without one, the authorities of the JDK are trusted.
     * @param clientAuth Whether clients are asked for a certificate of their own. The bundle says which authorities are trusted for it.
     * @param verifyHostname Whether the certificate of a dialed peer must be for the host in the address.
     */
    public record Tls(
            @Nullable String bundle,
            @Nullable ClientCertificates clientAuth,
            @Nullable Boolean verifyHostname) implements Mergeable<Tls> {}

    /**
     * Keys of the plugin that encrypts bodies, which is there if they are. Those of a peer are not mixed with those of the defaults.
     *
     * @param keys Keys of AES-GCM in Base64 by their ids, each of 16, 24 or 32 bytes. All of them decrypt.
     * @param activeKey Id of the key that encrypts.
     * @param weakKey Key in Base64 of Go's form instead, which is weak and for Go peers only.
     * @param required Whether every body is encrypted, and none that is not is accepted. Otherwise the metadata of each message says.
     * @param statusCode Code of the status that tells of a body that cannot be decrypted. 400 by default.
     */
    public record Secure(
            @Nullable Map<String, String> keys,
            @Nullable String activeKey,
            @Nullable String weakKey,
            @Nullable Boolean required,
            @Nullable Integer statusCode)
            implements Mergeable<Secure> {

        @Override
        public Secure orElse(Secure other) {
            return keys == null && activeKey == null && weakKey == null && required == null && statusCode == null
                    ? other
                    : this;
        }

        /** Never a key. */
        @Override
        public String toString() {
            return "Secure[keys=" + (keys == null ? null : keys.keySet()) + ", activeKey=" + activeKey + ", required="
                    + required + ", statusCode=" + statusCode + "]";
        }
    }

    /**
     * Keys of the filter aes-gcm, which is there if they are. Those of a peer are not mixed with those of the defaults.
     *
     * @param id Id of the filter on the wire, on which both sides have agreed.
     * @param keys Keys in Base64 by their ids, each of 16, 24 or 32 bytes. All of them decrypt.
     * @param activeKey Id of the key that encrypts.
     */
    public record AesGcm(
            @Nullable @Min(1) @Max(255) Integer id,
            @Nullable Map<String, String> keys,
            @Nullable String activeKey) implements Mergeable<AesGcm> {

        @Override
        public AesGcm orElse(AesGcm other) {
            return id == null && keys == null && activeKey == null ? other : this;
        }

        /** Never a key. */
        @Override
        public String toString() {
            return "AesGcm[id=" + id + ", keys=" + (keys == null ? null : keys.keySet()) + ", activeKey=" + activeKey
                    + "]";
        }
    }

    /**
     * Heartbeats, which find connections that died without a word.
     *
     * @param pingRate Silence after which the other side is sent a heartbeat, in whole seconds, at least 3. None is sent unless it is set. The other side must answer heartbeats.
     * @param pingMode Whether heartbeats are calls, which must be answered, or pushes.
     * @param pong Whether heartbeats of the other side are answered, and missed when they fail to come.
     */
    public record Heartbeat(
            @Nullable Duration pingRate,
            @Nullable PingMode pingMode,
            @Nullable Boolean pong) implements Mergeable<Heartbeat> {}

    /**
     * Limits on connections, calls and pushes. Zero takes back what the defaults say. A rate is a number of calls and pushes per second.
     *
     * @param connections Connections at one time.
     * @param connectionsPerAddress Connections at one time with the same remote host.
     * @param rate Calls and pushes per second, of all sessions together.
     * @param ratePerSession Calls and pushes per second, of each session.
     * @param routes Calls and pushes per second by service method, of all sessions together.
     */
    public record Overload(
            @Nullable @Min(0) Integer connections,
            @Nullable @Min(0) Integer connectionsPerAddress,
            @Nullable @Min(0) Integer rate,
            @Nullable @Min(0) Integer ratePerSession,
            @Nullable Map<String, Integer> routes)
            implements Mergeable<Overload> {}

    /**
     * Where calls and pushes without a handler go.
     *
     * @param to Name of the peer over whose dialed connection they are forwarded.
     */
    public record Proxy(@Nullable String to) implements Mergeable<Proxy> {}

    /** How names of methods become service methods. */
    public enum Naming {
        /** Paths in lower case: addAll below math is /math/add_all. */
        HTTP,
        /** Dotted names that keep their case: Add below Math is Math.Add. */
        RPC
    }
}
