package io.teleport.session;

import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import java.time.Duration;

/**
 * What a peer tells the other side of a session when it shuts down: make no new calls here, those that wait may still end.
 *
 * <p>On the wire it is a PUSH to {@value #ROUTE} without a body, its values in the metadata {@value #GRACE} and {@value #RETRY_AFTER}, decimal
 * milliseconds; what is absent or unreadable counts as zero. It is sent only to a peer that has put {@value #UNDERSTOOD}{@code : true} into the
 * metadata of the first message it sent on the connection, or, answering one who has, {@code reply} into that of its first REPLY; a Go peer never does and
 * is not told. Whoever has got it sends a PUSH to {@value #DRAINED},
 * without a body and metadata, once none of its calls on this connection waits and none will begin; then the connection can be closed and nothing is
 * lost.
 *
 * @param grace how long the calls that wait may still take
 * @param retryAfter how long the address of the peer is better left alone; zero if it may be dialed at once
 */
public record GoAway(Duration grace, Duration retryAfter) {

    static final String ROUTE = ReservedRoutes.PREFIX + "goaway";

    static final String DRAINED = ReservedRoutes.PREFIX + "drained";

    static final String UNDERSTOOD = "X-Accept-Goaway";

    /** Longer times count as this. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final String GRACE = "X-Grace-Ms";

    private static final String RETRY_AFTER = "X-Retry-After-Ms";

    /**
     * 503 "Service Unavailable": the call or push was not handled and will not be; another peer, or this one when it is back, may take it. Both what
     * a peer that shuts down answers to new calls, and what calls get that were not sent because of it.
     */
    static final Status REFUSAL = Status.of(
            StatusCode.SERVICE_UNAVAILABLE, "Service Unavailable", "the peer is shutting down; retry elsewhere");

    /** The value of {@value #UNDERSTOOD}: another one in a REPLY, since a handler may answer with the metadata it got. */
    static String understoodIn(MessageType type) {
        return type == MessageType.REPLY ? "reply" : "true";
    }

    static GoAway of(Metadata metadata) {
        return new GoAway(millis(metadata, GRACE), millis(metadata, RETRY_AFTER));
    }

    private static Duration millis(Metadata metadata, String key) {
        return Duration.ofMillis(metadata.getUnsignedInt(key).orElse(0));
    }

    Metadata toMetadata() {
        return Metadata.of(GRACE, text(grace), RETRY_AFTER, text(retryAfter));
    }

    private static String text(Duration time) {
        return String.valueOf((time.compareTo(LONGEST) < 0 ? time : LONGEST).toMillis());
    }
}
