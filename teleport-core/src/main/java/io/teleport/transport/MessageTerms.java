package io.teleport.transport;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;

/**
 * What a transport that keeps messages apart must know of those behind it. Set on the channel before it is active.
 *
 * @param protocol name of the protocol of the messages
 * @param limit bytes that a received message may have at the most
 */
public record MessageTerms(String protocol, int limit) {

    private static final AttributeKey<MessageTerms> KEY = AttributeKey.valueOf(MessageTerms.class, "terms");

    /**
     * What was kept with the channel.
     *
     * @throws IllegalStateException if there is nothing yet
     */
    public static MessageTerms of(Channel channel) {
        MessageTerms terms = channel.attr(KEY).get();
        if (terms == null) {
            throw new IllegalStateException("The channel has no protocol yet");
        }
        return terms;
    }

    /** Keeps this with its channel. */
    public void keepWith(Channel channel) {
        channel.attr(KEY).set(this);
    }
}
