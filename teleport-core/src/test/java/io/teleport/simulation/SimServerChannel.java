package io.teleport.simulation;

import io.netty.channel.AbstractServerChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A listening end. Public, as its transport has it made by name. */
public final class SimServerChannel extends AbstractServerChannel {

    private final ChannelConfig config = new DefaultChannelConfig(this);

    private final Queue<Connection> backlog = new ArrayDeque<>();

    private @Nullable SimAddress address;

    private boolean open = true;

    private boolean readPending;

    private Network network() {
        return ((SimLoop) eventLoop()).network();
    }

    /** Somebody has connected; taken by the event loop when it comes to it. */
    void connected(Connection connection) {
        backlog.add(connection);
        eventLoop().execute(this::accept);
    }

    private void accept() {
        if (!readPending || !open) {
            return;
        }
        readPending = false;
        for (Connection next = backlog.poll(); next != null; next = backlog.poll()) {
            pipeline().fireChannelRead(new SimChannel(this, next.accepted()));
        }
        pipeline().fireChannelReadComplete();
    }

    @Override
    protected void doBind(SocketAddress wanted) throws IOException {
        address = (SimAddress) wanted;
        network().bind(address, this);
        ((SimLoop) eventLoop()).opened(this);
    }

    @Override
    protected void doClose() {
        open = false;
        if (address != null) {
            network().release(address, this);
        }
        ((SimLoop) eventLoop()).closed(this);
        backlog.forEach(Connection::refuse);
        backlog.clear();
    }

    @Override
    protected void doBeginRead() {
        readPending = true;
        if (!backlog.isEmpty()) {
            eventLoop().execute(this::accept);
        }
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return loop instanceof SimLoop;
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return address;
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return open && address != null;
    }
}
