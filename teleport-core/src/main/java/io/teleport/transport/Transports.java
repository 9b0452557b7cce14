package io.teleport.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * The networks of one peer, and the owner of its event loops: a group for each network in use, made on first use, ended by {@link #end(Duration)}.
 * Thread-safe.
 */
public final class Transports {

    private final Map<String, Transport> byScheme = new LinkedHashMap<>();

    private final Map<String, EventLoopGroup> groups = new LinkedHashMap<>();

    private final String owner;

    private final Loops loops;

    private boolean closed;

    /** Makes event loops. */
    @FunctionalInterface
    public interface Loops {

        /**
         * Makes the event loops that transports of one kind share. They end when they are shut down.
         *
         * @param name {@link Transport#eventLoops()}
         * @param io what drives them
         */
        EventLoopGroup of(String name, IoHandlerFactory io);
    }

    /**
     * @param transports the networks, one for each scheme
     * @param owner name of the peer
     * @param loops asked once for each network in use
     */
    public Transports(Collection<? extends Transport> transports, String owner, Loops loops) {
        for (Transport transport : transports) {
            byScheme.put(transport.scheme(), transport);
        }
        this.owner = owner;
        this.loops = loops;
    }

    /**
     * Event loops with threads of their own.
     *
     * @param owner name of the peer, part of the thread names
     * @param threads event loops for each network in use
     * @param daemon whether the threads let the JVM end
     */
    public static Loops threads(String owner, int threads, boolean daemon) {
        return (name, io) -> new MultiThreadIoEventLoopGroup(threads, threadFactory(owner, name, daemon), io);
    }

    /**
     * Reads an address and checks that its network is there.
     *
     * @throws InvalidAddressException if it is unreadable or names an unknown network
     */
    public TransportAddress parse(String text) {
        TransportAddress address = TransportAddress.parse(text);
        if (!byScheme.containsKey(address.scheme())) {
            throw InvalidAddressException.unknownNetwork(text, address.scheme(), byScheme.keySet());
        }
        return address;
    }

    /**
     * An address that can be dialed.
     *
     * @throws InvalidAddressException if it is unreadable, or cannot be dialed
     */
    public TransportAddress parseForDialing(String text) {
        TransportAddress address = parse(text);
        transport(address).dialAddress(address);
        return address;
    }

    /**
     * Begins to listen.
     *
     * @param shared whether others may listen on the same address
     * @param onChannel equips each accepted channel behind the transport's own handlers, on its event loop, before it is active; channels do not read
     *     until told to
     */
    public ChannelFuture bind(TransportAddress address, boolean shared, BiConsumer<Channel, Transport> onChannel) {
        Transport transport = transport(address);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group(transport))
                .channel(transport.serverChannelType())
                .childOption(ChannelOption.AUTO_READ, false)
                .handler(new AcceptPause())
                .childHandler(initializer(transport, address, true, onChannel));
        transport.configure(bootstrap);
        if (shared) {
            transport.shareAddress(bootstrap);
        }
        return bootstrap.bind(transport.listenAddress(address));
    }

    /**
     * Checks that an address can be shared with others.
     *
     * @throws IllegalArgumentException with the reason if it cannot
     */
    public void checkSharing(TransportAddress address) {
        try {
            transport(address).shareAddress(new ServerBootstrap());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(address + " cannot be shared: " + e.getMessage(), e);
        }
    }

    /** As {@link Transport#leaveAddress}. */
    public Duration leave(TransportAddress address, Channel listening) {
        return transport(address).leaveAddress(listening);
    }

    /**
     * Connects.
     *
     * @param timeout limit for the connection to be made
     * @param onChannel equips the channel behind the transport's own handlers, on its event loop, before it is active; it does not read until told to
     */
    public ChannelFuture connect(TransportAddress address, Duration timeout, BiConsumer<Channel, Transport> onChannel) {
        Transport transport = transport(address);
        Bootstrap bootstrap = new Bootstrap()
                .group(group(transport))
                .channel(transport.channelType())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()))
                .handler(initializer(transport, address, false, onChannel));
        transport.configure(bootstrap);
        return bootstrap.connect(transport.dialAddress(address));
    }

    private static ChannelHandler initializer(
            Transport transport, TransportAddress address, boolean accepted, BiConsumer<Channel, Transport> onChannel) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                transport.equip(channel, address, accepted);
                onChannel.accept(channel, transport);
            }
        };
    }

    private Transport transport(TransportAddress address) {
        Transport transport = byScheme.get(address.scheme());
        if (transport == null) {
            throw InvalidAddressException.unknownNetwork(address.toString(), address.scheme(), byScheme.keySet());
        }
        return transport;
    }

    private synchronized EventLoopGroup group(Transport transport) {
        if (closed) {
            throw new IllegalStateException("Peer '" + owner + "' is closed");
        }
        return groups.computeIfAbsent(transport.eventLoops(), name -> loops.of(name, transport.ioHandlerFactory()));
    }

    private static ThreadFactory threadFactory(String owner, String loops, boolean daemon) {
        AtomicInteger count = new AtomicInteger();
        return task ->
                new EventLoopThread(task, "teleport-" + owner + "-" + loops + "-" + count.incrementAndGet(), daemon);
    }

    /**
     * Ends all event loops; channels that are still open are closed.
     *
     * @param timeout how long each network's threads may take
     * @return the ends of each network's threads
     */
    public List<Future<?>> end(Duration timeout) {
        List<Future<?>> ends = new ArrayList<>();
        for (EventLoopGroup group : closeDoor()) {
            group.shutdownGracefully(0, timeout.toMillis(), TimeUnit.MILLISECONDS);
            ends.add(group.terminationFuture());
        }
        return ends;
    }

    private synchronized List<EventLoopGroup> closeDoor() {
        closed = true;
        return List.copyOf(groups.values());
    }
}
