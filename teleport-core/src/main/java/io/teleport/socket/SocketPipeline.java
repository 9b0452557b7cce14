package io.teleport.socket;

import io.netty.channel.Channel;
import io.teleport.filter.TransferFilters;
import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.ProtocolContext;
import io.teleport.transport.MessageTerms;
import io.teleport.transport.Transport;

/**
 * Equips channels. The handlers of a Teleport channel, by name and in the order inbound bytes meet them:
 *
 * <ol>
 *   <li>whatever the transport puts first (TLS, WebSocket)
 *   <li>{@value #SOCKET}: the end of handshakes ({@link SocketHandler}); bytes to messages, frame limit and frame timeout ({@link InboundFrames})
 * </ol>
 *
 * Outbound frames are packed before they reach the channel and pass no handler of ours but those of the transport.
 */
public final class SocketPipeline {

    static final String SOCKET = "teleport.socket";

    private final String peer;

    private final TransferFilters filters;

    private final SocketSettings settings;

    private final SocketRegistry registry;

    public SocketPipeline(String peer, TransferFilters filters, SocketSettings settings, SocketRegistry registry) {
        this.peer = peer;
        this.filters = filters;
        this.settings = settings;
        this.registry = registry;
    }

    /**
     * Adds the handlers.
     *
     * @param transport whose handlers the channel has already
     * @param protocol how messages lie on it
     * @param opening gets the socket once it can be used
     * @throws RuntimeException if the protocol fails to make its codec; nothing was added
     */
    public void equip(Channel channel, SocketRole role, Transport transport, Protocol protocol, SocketOpening opening) {
        SocketIdentity identity = new SocketIdentity(peer, role, transport.scheme(), protocol.name());
        ChannelConnection connection = new ChannelConnection();
        ProtocolContext context = new ProtocolContext(
                role == SocketRole.ACCEPTED, settings.messageLimit(), filters, channel.alloc(), connection);
        FrameCodec codec =
                transport.keepsMessages() ? protocol.newMessageCodec(context) : protocol.newFrameCodec(context);
        if (transport.keepsMessages()) {
            new MessageTerms(protocol.name(), settings.messageLimit()).keepWith(channel);
        }
        channel.pipeline()
                .addLast(
                        SOCKET,
                        new SocketHandler(
                                ch -> new GuardedSocket(
                                        identity, ch, codec, transport.keepsMessages(), settings, registry),
                                connection,
                                registry,
                                settings,
                                transport.hasHandshake(),
                                transport.keepsMessages(),
                                opening));
    }
}
