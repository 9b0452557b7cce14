package io.teleport.socket;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.teleport.filter.TransferFilters;
import io.teleport.message.FilterIds;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.protocol.raw.RawProtocol;
import io.teleport.transport.TransportAddress;
import io.teleport.transport.Transports;
import io.teleport.transport.local.LocalTransport;
import io.teleport.transport.tcp.TcpTransport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Quickly made connections of sockets without sessions. */
final class TestConnections implements AutoCloseable {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    final SocketRegistry registry = new SocketRegistry(4);

    private final Transports transports;

    private final SocketPipeline pipeline;

    private final TransportAddress address;

    private final Channel listening;

    /** @param acceptor the owner of each accepted socket */
    TestConnections(String name, String listen, long outboundLimit, Function<GuardedSocket, SocketListener> acceptor)
            throws InterruptedException {
        this(name, listen, outboundLimit, OutboundPolicy.REFUSE, acceptor);
    }

    TestConnections(
            String name,
            String listen,
            long outboundLimit,
            OutboundPolicy policy,
            Function<GuardedSocket, SocketListener> acceptor)
            throws InterruptedException {
        transports = new Transports(
                List.of(new TcpTransport(), new LocalTransport()), name, Transports.threads(name, 1, true));
        pipeline = new SocketPipeline(
                name,
                TransferFilters.of(List.of()),
                new SocketSettings(1 << 26, outboundLimit, policy, TEN_SECONDS, TEN_SECONDS, TEN_SECONDS, TEN_SECONDS),
                registry);
        TransportAddress wanted = TransportAddress.parse(listen);
        listening = transports
                .bind(
                        wanted,
                        false,
                        (channel, transport) -> pipeline.equip(
                                channel,
                                SocketRole.ACCEPTED,
                                transport,
                                new RawProtocol(),
                                socket -> start(socket, acceptor)))
                .sync()
                .channel();
        address = listening.localAddress() instanceof InetSocketAddress inet ? wanted.withPort(inet.getPort()) : wanted;
    }

    TransportAddress address() {
        return address;
    }

    private static void start(GuardedSocket socket, Function<GuardedSocket, SocketListener> owner) {
        socket.attach(owner.apply(socket));
        socket.start();
    }

    GuardedSocket dial(Function<GuardedSocket, SocketListener> owner) throws Exception {
        CompletableFuture<GuardedSocket> dialed = new CompletableFuture<>();
        transports
                .connect(
                        address,
                        TEN_SECONDS,
                        (channel, transport) ->
                                pipeline.equip(channel, SocketRole.DIALED, transport, new RawProtocol(), socket -> {
                                    start(socket, owner);
                                    dialed.complete(socket);
                                }))
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        dialed.completeExceptionally(connected.cause());
                    }
                });
        return dialed.get(30, TimeUnit.SECONDS);
    }

    /** Writes a PUSH of about so many bytes. */
    static Status push(GuardedSocket socket, int bytes) {
        MessageHeader header =
                new MessageHeader(1, MessageType.PUSH.id(), "/p", Status.OK, Metadata.empty(), 's', FilterIds.none());
        return socket.write(header, out -> out.writeZero(bytes), null);
    }

    /** Ends the event loops; nothing is left to run then. */
    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        try {
            for (Future<?> end : transports.end(TEN_SECONDS)) {
                end.await(TEN_SECONDS.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
