package io.teleport.socket;

import io.netty.channel.Channel;
import io.teleport.filter.TransferFilters;
import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.ProtocolContext;
import java.util.function.Consumer;

/**
 * Equips channels. The handlers of a Teleport channel, by name and in the order inbound bytes meet them:
 *
 * <ol>
 *   <li>whatever the transport puts first (TLS, WebSocket)
 *   <li>{@value #FRAMES}: bytes to messages, frame limit and frame timeout ({@link InboundFrames})
 * </ol>
 *
 * Outbound frames are packed before they reach the channel and pass no handler of ours but those of the transport.
 */
public final class SocketPipeline {

    static final String FRAMES = "teleport.frames";

    private final String peer;

    private final Protocol protocol;

    private final TransferFilters filters;

    private final SocketSettings settings;

    private final SocketRegistry registry;

    public SocketPipeline(
            String peer, Protocol protocol, TransferFilters filters, SocketSettings settings, SocketRegistry registry) {
        this.peer = peer;
        this.protocol = protocol;
        this.filters = filters;
        this.settings = settings;
        this.registry = registry;
    }

    /**
     * Adds the handlers.
     *
     * @param network scheme of the address
     * @param onOpen gets the socket once the channel is active, on its event loop; nothing is read before {@link GuardedSocket#start}
     * @throws RuntimeException if the protocol fails to make its codec; nothing was added
     */
    public void equip(Channel channel, SocketRole role, String network, Consumer<GuardedSocket> onOpen) {
        SocketIdentity identity = new SocketIdentity(peer, role, network, protocol.name());
        ProtocolContext context =
                new ProtocolContext(role == SocketRole.ACCEPTED, settings.messageLimit(), filters, channel.alloc());
        FrameCodec codec = protocol.newFrameCodec(context);
        channel.pipeline()
                .addLast(
                        FRAMES,
                        new InboundFrames(
                                ch -> new GuardedSocket(identity, ch, codec, settings, registry),
                                registry,
                                settings.frameTimeout(),
                                onOpen));
    }
}
