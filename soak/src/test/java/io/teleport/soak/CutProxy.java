package io.teleport.soak;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Passes bytes on to a port of this machine, cuts connections and lets them stall. Takes a piece from one side when the other has taken the one before. */
final class CutProxy {

    private final int target;

    private final Channel listening;

    private final Map<Integer, Pair> pairs = new ConcurrentHashMap<>();

    CutProxy(EventLoopGroup loops, int target) {
        this.target = target;
        this.listening = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_RCVBUF, 64 * 1024)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel front) {
                        connect(front);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    private void connect(Channel front) {
        Relay toBack = new Relay();
        Relay toFront = new Relay();
        front.pipeline().addLast(toBack);
        Bootstrap dialing = new Bootstrap()
                .group(front.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_RCVBUF, 64 * 1024)
                .handler(toFront);
        ChannelFuture connecting = dialing.connect(InetAddress.getLoopbackAddress(), target);
        Channel back = connecting.channel();
        connecting.addListener(connected -> {
            if (!connected.isSuccess() || !front.isActive()) {
                back.close();
                front.close();
                return;
            }
            toBack.other = back;
            toFront.other = front;
            int key = portOf(front);
            pairs.put(key, new Pair(front, back, toBack, toFront));
            front.closeFuture().addListener(closed -> pairs.remove(key));
            front.read();
            back.read();
        });
    }

    private static int portOf(Channel front) {
        return ((InetSocketAddress) front.remoteAddress()).getPort();
    }

    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** The connections that are there. */
    List<Pair> pairs() {
        return List.copyOf(pairs.values());
    }

    /** The connection that a client has from this port. */
    @Nullable
    Pair pairOf(int clientPort) {
        return pairs.get(clientPort);
    }

    /** One connection to us and the one that goes on. */
    static final class Pair {

        private final Channel front;

        private final Channel back;

        private final Relay toBack;

        private final Relay toFront;

        private Pair(Channel front, Channel back, Relay toBack, Relay toFront) {
            this.front = front;
            this.back = back;
            this.toBack = toBack;
            this.toFront = toFront;
        }

        /** With RST to both sides, or with FIN. */
        void cut(boolean reset) {
            front.eventLoop().execute(() -> {
                for (Channel channel : List.of(front, back)) {
                    // A socket that is closed already takes no option.
                    if (reset && channel.isOpen()) {
                        channel.config().setOption(ChannelOption.SO_LINGER, 0);
                    }
                    channel.close();
                }
            });
        }

        /** Reads nothing more of the server, or of either side. */
        void stall(boolean both) {
            front.eventLoop().execute(() -> {
                toFront.stalled = true;
                toBack.stalled = both;
            });
        }

        void goOn() {
            front.eventLoop().execute(() -> {
                toFront.goOn(back);
                toBack.goOn(front);
            });
        }
    }

    /** All on the event loop of both channels. */
    private static final class Relay extends ChannelInboundHandlerAdapter {

        private @Nullable Channel other;

        private boolean stalled;

        private boolean waits;

        @Override
        public void channelRead(ChannelHandlerContext context, Object piece) {
            Channel to = Objects.requireNonNull(other, "nothing is read before both are connected");
            to.writeAndFlush(piece).addListener(writing -> {
                if (!writing.isSuccess()) {
                    context.close();
                } else if (stalled) {
                    waits = true;
                } else {
                    context.read();
                }
            });
        }

        private void goOn(Channel from) {
            stalled = false;
            if (waits) {
                waits = false;
                from.read();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (other != null) {
                other.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // A side that reset its connection; what was cut on one side is cut on the other.
            context.close();
        }
    }
}
