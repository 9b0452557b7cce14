package io.teleport.peer;

import io.teleport.session.LoginPolicy;
import io.teleport.socket.OutboundPolicy;
import java.time.Duration;

/** Defaults of a peer: safe as one set, and invisible to a Go peer. */
public final class PeerDefaults {

    /** Name of a peer that has not been given one. */
    public static final String NAME = "teleport";

    public static final String PROTOCOL = "raw";

    public static final String BODY_CODEC = "json";

    /** Customary id of the gzip filter. */
    public static final int GZIP_ID = 'g';

    /** Customary id of the md5 filter. */
    public static final int MD5_ID = 'm';

    /** Bytes of a message at the most: 16 MiB. */
    public static final int MESSAGE_LIMIT = 16 * 1024 * 1024;

    /** Bytes that may wait to be written on one session: 8 MiB. */
    public static final long OUTBOUND_LIMIT = 8L * 1024 * 1024;

    /** What becomes of writes beyond {@link #OUTBOUND_LIMIT}. */
    public static final OutboundPolicy OUTBOUND_POLICY = OutboundPolicy.REFUSE;

    /** Calls that may wait for a reply on one session. */
    public static final int PENDING_LIMIT = 65_536;

    /** Calls and pushes of the other side that may be handled at once on one session. */
    public static final int HANDLERS_PER_SESSION = 10_000;

    /** Times the message limit that the calls and pushes being handled on one session may hold; more are refused. */
    public static final int INBOUND_MESSAGES = 16;

    /** Threads of the default handler pool. */
    public static final int HANDLER_THREADS = 256;

    /** Handlers that may wait for a thread of the default pool. */
    public static final int HANDLER_QUEUE = 20_000;

    /** Threads for completions of asynchronous calls, and for the hooks around a connection. */
    public static final int COMPLETION_THREADS = 256;

    public static final LoginPolicy LOGIN_POLICY = LoginPolicy.ALLOW_MANY;

    /** Closed sockets that are remembered. */
    public static final int CLOSED_SOCKET_HISTORY = 256;

    public static final Duration FRAME_TIMEOUT = Duration.ofSeconds(30);

    public static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

    public static final Duration DIAL_TIMEOUT = Duration.ofSeconds(10);

    public static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    /** None: handlers may take any time. */
    public static final Duration CONTEXT_AGE = Duration.ZERO;

    public static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private PeerDefaults() {}

    /** Event loops for each network: one for each processor. */
    public static int eventLoopThreads() {
        return Runtime.getRuntime().availableProcessors();
    }
}
