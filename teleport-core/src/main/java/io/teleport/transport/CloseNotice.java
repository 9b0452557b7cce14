package io.teleport.transport;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;

/**
 * The last words to the other side, for transports that have any. Kept with a channel before it is closed.
 *
 * @param code close code of WebSocket (RFC 6455, section 7.4)
 * @param text for people on the other side; may be empty
 * @param patient whether closing may wait a moment until the other side has heard it
 */
public record CloseNotice(int code, String text, boolean patient) {

    private static final AttributeKey<CloseNotice> KEY = AttributeKey.valueOf(CloseNotice.class, "farewell");

    private static final CloseNotice WITHOUT_WORDS = new CloseNotice(1000, "", false);

    /** What was kept, else an ordinary and impatient end. */
    public static CloseNotice of(Channel channel) {
        CloseNotice kept = channel.attr(KEY).get();
        return kept == null ? WITHOUT_WORDS : kept;
    }

    /** Keeps this with its channel. Safe on any thread. */
    public void keepWith(Channel channel) {
        channel.attr(KEY).set(this);
    }
}
