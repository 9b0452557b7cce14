package io.teleport.transport.tcp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.NetUtil;
import io.teleport.transport.InvalidAddressException;
import io.teleport.transport.TransportAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Dials from an address of this machine, as {@code tcp://host:port?bind=10.0.0.5:0} asks for. */
final class BoundDialing extends ChannelOutboundHandlerAdapter {

    private static final String BIND = "?bind=";

    private static final String EXPECTED =
            " (expected ?bind= and an IP address of this machine, with or without a port)";

    private final InetSocketAddress local;

    private BoundDialing(InetSocketAddress local) {
        this.local = local;
    }

    /**
     * What the address asks for, null if nothing.
     *
     * @throws InvalidAddressException if that is no IP address
     */
    static @Nullable BoundDialing of(TransportAddress address) {
        if (!address.path().startsWith(BIND)) {
            return null;
        }
        String wanted = address.path().substring(BIND.length());
        TransportAddress local = local(address, wanted);
        byte[] ip = NetUtil.createByteArrayFromIpAddressString(local.host());
        if (ip == null || !local.path().isEmpty()) {
            throw new InvalidAddressException(address.toString(), "dials from '" + wanted + "'" + EXPECTED);
        }
        try {
            return new BoundDialing(new InetSocketAddress(InetAddress.getByAddress(ip), Math.max(0, local.port())));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an IP address is 4 or 16 bytes long", e);
        }
    }

    private static TransportAddress local(TransportAddress address, String wanted) {
        try {
            return TransportAddress.parse("tcp://" + wanted);
        } catch (InvalidAddressException e) {
            throw new InvalidAddressException(address.toString(), "dials from '" + wanted + "'" + EXPECTED);
        }
    }

    @Override
    public void connect(
            ChannelHandlerContext ctx, SocketAddress remote, @Nullable SocketAddress unbound, ChannelPromise promise) {
        ctx.connect(remote, local, promise);
    }
}
