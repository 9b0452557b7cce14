package io.teleport.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.util.Attribute;
import io.netty.util.DefaultAttributeMap;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.concurrent.Ticker;
import io.teleport.message.BodyWriter;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.protocol.FrameCodec;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A socket on a channel and an event loop that are no more than what the socket sees of them: the loop's turns, the network and the end of both come
 * when the model says so. Only {@link #turn}, {@link #cut} and {@link #endLoop} act for the event loop, so they never run at the same time.
 */
public final class ModelConnection {

    static final int FRAME_BYTES = 4;

    /** Buffers on the heap, since what is done through Unsafe is more than Lincheck can follow. */
    private static final ByteBufAllocator ALLOCATOR = proxy(
            ByteBufAllocator.class,
            (self, method, arguments) ->
                    new UnpooledHeapByteBuf(UnpooledByteBufAllocator.DEFAULT, FRAME_BYTES, FRAME_BYTES));

    private static final ScheduledFuture<?> NEVER = proxy(
            ScheduledFuture.class, (self, method, arguments) -> method.getName().equals("cancel"));

    final GuardedSocket socket;

    /** Handed to the channel and not yet flushed. On the loop. */
    private final List<Written> written = new ArrayList<>();

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    private final Channel channel;

    private volatile boolean open = true;

    private volatile boolean loopEnded;

    private boolean gone;

    /** Frames that left. On the loop. */
    int sent;

    private record Written(Object content, ChannelPromise promise) {}

    public ModelConnection(SocketRegistry registry, long outboundLimit, OutboundPolicy policy) {
        EventLoop loop = proxy(EventLoop.class, this::onLoop);
        ChannelConfig config = proxy(ChannelConfig.class, (self, method, arguments) -> self);
        Channel.Unsafe unsafe = proxy(Channel.Unsafe.class, (self, method, arguments) -> null);
        // Nothing is read.
        ChannelPipeline pipeline = proxy(ChannelPipeline.class, (self, method, arguments) -> self);
        DefaultAttributeMap attributes = new DefaultAttributeMap();
        ChannelPromise closing = new DefaultChannelPromise(
                proxy(Channel.class, (self, method, arguments) -> null), ImmediateEventExecutor.INSTANCE);
        channel = proxy(Channel.class, (self, method, arguments) -> switch (method.getName()) {
            case "localAddress", "remoteAddress" -> null;
            case "config" -> config;
            case "unsafe" -> unsafe;
            case "pipeline" -> pipeline;
            case "alloc" -> ALLOCATOR;
            case "eventLoop" -> loop;
            case "attr" -> attribute(attributes, arguments);
            case "isOpen" -> open;
            case "isWritable" -> open;
            case "newPromise", "voidPromise" -> promise((Channel) self);
            case "closeFuture" -> closing;
            case "write" -> write((Channel) self, arguments);
            case "writeAndFlush" -> {
                ChannelFuture future = write((Channel) self, arguments);
                flush();
                yield future;
            }
            case "flush" -> {
                flush();
                yield self;
            }
            case "close" -> {
                // As Netty does it: on the loop, if not there already; and the end is told in a turn of its own.
                tasks.add(this::cut);
                yield closing;
            }
            default -> throw new UnsupportedOperationException(method.toString());
        });
        socket = new GuardedSocket(
                new SocketIdentity("model", SocketRole.ACCEPTED, "model", "model"),
                channel,
                new FourBytes(),
                false,
                new SocketSettings(
                        1_000,
                        outboundLimit,
                        policy,
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ofHours(1)),
                registry);
    }

    @SuppressWarnings("unchecked") // the key says which
    private static Attribute<?> attribute(DefaultAttributeMap attributes, Object[] arguments) {
        return attributes.attr((io.netty.util.AttributeKey<Object>) arguments[0]);
    }

    @SuppressWarnings("ReferenceEquality") // as Object.equals does
    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        InvocationHandler withIdentity = (self, method, arguments) -> switch (method.getName()) {
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            case "toString" -> "model";
            default -> handler.invoke(self, method, arguments);
        };
        return type.cast(
                Proxy.newProxyInstance(ModelConnection.class.getClassLoader(), new Class<?>[] {type}, withIdentity));
    }

    private static ChannelPromise promise(Channel channel) {
        return new DefaultChannelPromise(channel, ImmediateEventExecutor.INSTANCE);
    }

    @Nullable
    private Object onLoop(Object self, Method method, @Nullable Object[] arguments) {
        switch (method.getName()) {
            case "execute" -> {
                if (loopEnded) {
                    throw new RejectedExecutionException("the loop has ended");
                }
                tasks.add((Runnable) arguments[0]);
                return null;
            }
            case "schedule" -> {
                // Time does not pass in the model.
                return NEVER;
            }
            case "inEventLoop" -> {
                return true;
            }
            case "ticker" -> {
                return Ticker.systemTicker();
            }
            default -> throw new UnsupportedOperationException(method.toString());
        }
    }

    private ChannelFuture write(Channel self, Object[] arguments) {
        ChannelPromise promise = arguments.length > 1 ? (ChannelPromise) arguments[1] : promise(self);
        if (open) {
            written.add(new Written(arguments[0], promise));
        } else {
            ((ByteBuf) arguments[0]).release();
            promise.setFailure(new ClosedChannelException());
        }
        return promise;
    }

    private void flush() {
        List<Written> batch = List.copyOf(written);
        written.clear();
        for (Written one : batch) {
            sent += ((ByteBuf) one.content).readableBytes() / FRAME_BYTES;
            ((ByteBuf) one.content).release();
            one.promise.setSuccess();
        }
    }

    public GuardedSocket socket() {
        return socket;
    }

    /** The event loop takes one turn, if there is something to do. */
    public void turn() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
    }

    /** The connection ends, from whichever side. */
    void cut() {
        if (gone) {
            return;
        }
        gone = true;
        open = false;
        for (Written one : written) {
            ((ByteBuf) one.content).release();
            one.promise.setFailure(new ClosedChannelException());
        }
        written.clear();
        socket.channelGone();
    }

    /** The event loop ends: it closes its connections first, and drops what it had still taken over. */
    void endLoop() {
        cut();
        loopEnded = true;
        tasks.clear();
    }

    public boolean isIdle() {
        return tasks.isEmpty();
    }

    /** Every message has as many bytes. */
    private static final class FourBytes implements FrameCodec {

        @Override
        @Nullable
        public Message decode(ByteBuf in) {
            return null;
        }

        @Override
        public void encode(MessageHeader header, BodyWriter body, ByteBuf out) {
            out.writeInt(header.sequence());
        }
    }
}
