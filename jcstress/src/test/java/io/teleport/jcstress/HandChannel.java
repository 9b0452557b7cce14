package io.teleport.jcstress;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A connected channel whose other end is a list: the sequence numbers of the frames it took. Its buffers are counted. */
public final class HandChannel extends AbstractChannel {

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    private static final LocalAddress HERE = new LocalAddress("here");

    private static final LocalAddress THERE = new LocalAddress("there");

    private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false, true, true);

    private final ChannelConfig config =
            new DefaultChannelConfig(this).setAllocator(memory).setAutoRead(false);

    private volatile boolean open = true;

    private volatile boolean stuck;

    /** Sequence numbers in the order they left. */
    private final Queue<String> sent = new ConcurrentLinkedQueue<>();

    /** Registers with the loop; to be called by a thread that runs it, or before anybody else can. */
    public HandChannel(HandLoop loop) {
        super(null);
        loop.register(this);
    }

    /** What left, as the numbers of the messages in their order: {@code "1 2"}. */
    public String sent() {
        return String.join(" ", sent);
    }

    /** The network takes nothing. */
    public void stick() {
        stuck = true;
    }

    /** The network is the other side's to end: as if that had closed the connection. */
    public void closeFromTheOtherSide() {
        eventLoop().execute(() -> unsafe().close(voidPromise()));
    }

    /** Bytes of buffers that nobody has released. */
    public long heldBytes() {
        return memory.metric().usedHeapMemory() + memory.metric().usedDirectMemory();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) {
        while (!stuck && out.current() instanceof ByteBuf frame) {
            if (frame.isReadable()) {
                sent.add(sequence(frame));
            }
            out.remove();
        }
    }

    /** Of a whole frame of the raw protocol without filters: a length that counts itself, no filters, the number as text with its length before it. */
    private static String sequence(ByteBuf frame) {
        int start = frame.readerIndex();
        if (frame.getInt(start) != frame.readableBytes()) {
            return "torn";
        }
        int filters = frame.getUnsignedByte(start + 4);
        int at = start + 5 + filters;
        return frame.toString(at + 1, frame.getUnsignedByte(at), StandardCharsets.US_ASCII);
    }

    @Override
    protected void doClose() {
        open = false;
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("it is connected");
    }

    @Override
    protected void doBeginRead() {
        // What arrives is handed to the socket by the test.
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new HandUnsafe();
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return loop instanceof HandLoop;
    }

    @Override
    protected SocketAddress localAddress0() {
        return HERE;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return THERE;
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
        return open;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    private final class HandUnsafe extends AbstractUnsafe {

        @Override
        public void connect(SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
            throw new UnsupportedOperationException("it is connected");
        }
    }
}
