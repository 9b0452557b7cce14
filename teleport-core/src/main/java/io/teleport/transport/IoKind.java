package io.teleport.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;

/** What drives the event loops of connections through the operating system. */
public enum IoKind {
    /** Linux epoll, through Netty's native library. */
    EPOLL,
    /** The JDK's own selectors. */
    NIO;

    private static final IoKind BEST = epollPresent() ? EPOLL : NIO;

    /** {@link #EPOLL} where its native library is present, else {@link #NIO}. */
    public static IoKind best() {
        return BEST;
    }

    private static boolean epollPresent() {
        try {
            return OfEpoll.isAvailable();
        } catch (NoClassDefFoundError e) {
            // Epoll is an optional dependency.
            return false;
        }
    }

    public IoHandlerFactory ioHandlerFactory() {
        return this == EPOLL ? OfEpoll.ioHandlerFactory() : NioIoHandler.newFactory();
    }

    /** Name of the event loops that transports of this kind share: {@code tcp}, or {@code tcp-nio} where better ones are there. */
    public String eventLoops() {
        return this == BEST ? "tcp" : "tcp-nio";
    }

    /** Touched only where the dependency may be expected. */
    private static final class OfEpoll {

        static boolean isAvailable() {
            return Epoll.isAvailable();
        }

        static IoHandlerFactory ioHandlerFactory() {
            return EpollIoHandler.newFactory();
        }
    }
}
