package io.teleport.simulation;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One end of a simulated connection, as a channel of TCP behaves. Public, as its transport has it made by name. */
public final class SimChannel extends AbstractChannel {

    private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);

    private final ChannelConfig config = new DefaultChannelConfig(this);

    private @Nullable End end;

    private boolean open = true;

    private boolean connected;

    private boolean readPending;

    private boolean readScheduled;

    /** Whether the network took less than there was. */
    private boolean full;

    private @Nullable ChannelPromise connecting;

    private @Nullable Future<?> connectLimit;

    /** One that dials. */
    public SimChannel() {
        super(null);
    }

    /** One that was accepted. */
    SimChannel(Channel parent, End end) {
        super(parent);
        this.end = end;
        this.connected = true;
        end.attach(this);
    }

    private SimLoop loop() {
        return (SimLoop) eventLoop();
    }

    // What the network tells. At any time.

    /** The connection is there. */
    void established(End mine) {
        if (loop().isTerminated()) {
            mine.close();
            return;
        }
        loop().execute(() -> {
            ChannelPromise promise = connecting;
            if (!open || promise == null) {
                mine.close();
                return;
            }
            end = mine;
            connected = true;
            mine.attach(this);
            stopConnecting();
            boolean told = promise.trySuccess();
            pipeline().fireChannelActive();
            if (!told) {
                unsafe().close(unsafe().voidPromise());
            }
        });
    }

    void notEstablished(IOException why) {
        if (!loop().isTerminated()) {
            loop().execute(() -> failConnecting(why));
        }
    }

    private void failConnecting(IOException why) {
        ChannelPromise promise = connecting;
        if (promise != null) {
            stopConnecting();
            promise.tryFailure(why);
            unsafe().close(unsafe().voidPromise());
        }
    }

    private void stopConnecting() {
        connecting = null;
        if (connectLimit != null) {
            connectLimit.cancel(false);
            connectLimit = null;
        }
    }

    /** There are bytes, or the end. */
    void readable() {
        if (isRegistered() && !loop().isTerminated() && !readScheduled) {
            readScheduled = true;
            loop().execute(this::read0);
        }
    }

    /** There is room again. */
    void writable() {
        if (full && isRegistered() && !loop().isTerminated()) {
            loop().execute(() -> {
                full = false;
                ((SimUnsafe) unsafe()).flushAgain();
            });
        }
    }

    /** The connection is broken, whether anybody reads or not. */
    void broken(IOException why) {
        if (isRegistered() && !loop().isTerminated()) {
            loop().execute(() -> {
                if (open) {
                    pipeline().fireExceptionCaught(why);
                    unsafe().close(unsafe().voidPromise());
                }
            });
        }
    }

    private void read0() {
        readScheduled = false;
        End mine = end;
        if (!open || !readPending || mine == null || !mine.hasInput()) {
            return;
        }
        readPending = false;
        byte[] bytes = mine.read();
        if (bytes.length == 0) {
            pipeline().fireChannelReadComplete();
            unsafe().close(unsafe().voidPromise());
            return;
        }
        ByteBuf buffer = alloc().heapBuffer(bytes.length).writeBytes(bytes);
        pipeline().fireChannelRead(buffer);
        pipeline().fireChannelReadComplete();
    }

    // What Netty asks for. On the event loop.

    @Override
    protected void doRegister(ChannelPromise promise) {
        config.setAllocator(loop().network().allocator());
        loop().opened(this);
        promise.setSuccess();
    }

    @Override
    protected void doBeginRead() {
        readPending = true;
        End mine = end;
        if (mine != null && mine.hasInput()) {
            readable();
        }
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) throws IOException {
        End mine = end;
        if (mine == null) {
            throw new IOException("not connected");
        }
        for (Object message = out.current(); message != null; message = out.current()) {
            ByteBuf bytes = (ByteBuf) message;
            if (!bytes.isReadable()) {
                out.remove();
                continue;
            }
            int taken = mine.write(bytes);
            if (taken == 0) {
                full = true;
                return;
            }
            out.removeBytes(taken);
        }
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        return message;
    }

    @Override
    protected void doClose() {
        open = false;
        if (connecting != null) {
            ChannelPromise promise = connecting;
            stopConnecting();
            promise.tryFailure(new ClosedChannelException());
        }
        loop().closed(this);
        if (end != null) {
            end.close();
        }
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("no address is asked for");
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return loop instanceof SimLoop;
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new SimUnsafe();
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return end == null ? null : end.local();
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return end == null ? null : end.remote();
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
        return open && connected;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    private final class SimUnsafe extends AbstractUnsafe {

        @Override
        public void connect(SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
            if (!promise.setUncancellable() || !ensureOpen(promise)) {
                return;
            }
            connecting = promise;
            int millis = config().getConnectTimeoutMillis();
            connectLimit = eventLoop()
                    .schedule(
                            () -> failConnecting(new ConnectTimeoutException("connection timed out: " + remote)),
                            millis,
                            TimeUnit.MILLISECONDS);
            loop().network().connect(SimChannel.this, loop().toString(), (SimAddress) remote);
        }

        @Override
        protected void flush0() {
            if (!full) {
                super.flush0();
            }
        }

        void flushAgain() {
            super.flush0();
        }
    }
}
