package io.teleport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.teleport.filter.TransferFilters;
import io.teleport.protocol.raw.RawProtocol;
import io.teleport.transport.HandshakeEvent;
import io.teleport.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sockets whose transport has a handshake, or keeps messages apart. */
class HandshakeTests {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final SocketRegistry registry = new SocketRegistry(4);

    private final RecordingListener listener = new RecordingListener();

    private final List<GuardedSocket> opened = new ArrayList<>();

    private final List<CloseCause> failed = new ArrayList<>();

    private final EmbeddedChannel channel = new EmbeddedChannel();

    private void connect(Transport transport) {
        channel.freezeTime();
        new SocketPipeline(
                        "test",
                        TransferFilters.of(List.of()),
                        new SocketSettings(
                                1 << 20,
                                1_000,
                                OutboundPolicy.REFUSE,
                                LIMIT,
                                LIMIT,
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(2)),
                        registry)
                .equip(channel, SocketRole.ACCEPTED, transport, new RawProtocol(), new SocketOpening() {
                    @Override
                    public void opened(GuardedSocket socket) {
                        socket.attach(listener);
                        opened.add(socket);
                    }

                    @Override
                    public void failed(GuardedSocket socket, CloseCause cause) {
                        failed.add(cause);
                    }
                });
    }

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    @Test
    void aSocketIsSeenButNotUsedBeforeItsHandshakeIsDone() {
        connect(new TestTransport(true, false));
        assertThat(registry.open()).singleElement().matches(socket -> socket.state() == SocketState.OPENING);
        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(opened).isEmpty();

        channel.pipeline().fireUserEventTriggered(new HandshakeEvent.Done());
        assertThat(opened).hasSize(1);
        assertThat(channel.config().isAutoRead()).isFalse();
    }

    @Test
    void whatArrivesBehindTheHandshakeIsKeptUntilTheStart() {
        connect(new TestTransport(true, false));
        channel.pipeline().fireUserEventTriggered(new HandshakeEvent.Done());
        channel.writeInbound(Unpooled.wrappedBuffer(EmbeddedSocket.frame(), EmbeddedSocket.frame()));
        assertThat(listener.methods).isEmpty();

        assertThat(opened.get(0).start()).isTrue();
        assertThat(listener.methods).hasSize(2);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void wholeMessagesThatArriveBehindTheHandshakeAreKeptOneByOne() {
        connect(new TestTransport(true, true));
        channel.pipeline().fireUserEventTriggered(new HandshakeEvent.Done());
        channel.writeInbound(EmbeddedSocket.frame());
        channel.writeInbound(EmbeddedSocket.frame());
        opened.get(0).start();
        assertThat(listener.methods).hasSize(2);
    }

    @Test
    void whatWasKeptIsReleasedWhenTheSocketNeverStarts() {
        connect(new TestTransport(true, true));
        channel.pipeline().fireUserEventTriggered(new HandshakeEvent.Done());
        channel.writeInbound(EmbeddedSocket.frame());
        opened.get(0).abort(CloseReason.UNAUTHORIZED, "");
        assertThat(opened.get(0).start()).isFalse();
        assertThat(listener.methods).isEmpty();
    }

    @Test
    void aFailedHandshakeIsTheReason() {
        connect(new TestTransport(true, false));
        channel.pipeline().fireUserEventTriggered(new HandshakeEvent.Failed("no common cipher"));
        assertFailed("handshake: no common cipher");
    }

    @Test
    void anExceptionDuringTheHandshakeIsTheReason() {
        connect(new TestTransport(true, false));
        channel.pipeline().fireExceptionCaught(new java.io.IOException("Connection reset"));
        assertFailed("handshake: Connection reset");
    }

    @Test
    void anEndDuringTheHandshakeIsTheReason() {
        connect(new TestTransport(true, false));
        channel.close();
        assertFailed("handshake: the other side closed the connection");
    }

    @Test
    void aHandshakeHasALimit() {
        connect(new TestTransport(true, false));
        channel.advanceTimeBy(LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
        assertFailed("handshake: not done within PT10S");
    }

    @Test
    void theLimitEndsWithTheHandshake() {
        connect(new TestTransport(true, false));
        channel.pipeline().fireUserEventTriggered(new HandshakeEvent.Done());
        opened.get(0).start();
        channel.advanceTimeBy(LIMIT.multipliedBy(9).toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
        assertThat(opened.get(0).state()).isEqualTo(SocketState.OPEN);
    }

    @Test
    void whoeverClosesDuringTheHandshakeGivesTheReason() {
        connect(new TestTransport(true, false));
        registry.sockets().get(0).abort(CloseReason.SHUTDOWN, "");
        assertThat(failed).extracting(CloseCause::reason).containsExactly(CloseReason.SHUTDOWN);
    }

    @Test
    void aMessageThatHoldsAPartOfAFrameIsRefused() {
        connect(new TestTransport(false, true));
        opened.get(0).start();
        channel.writeInbound(EmbeddedSocket.frame().writerIndex(5));
        assertThat(registry.closed().get(0).closeReason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
        assertThat(registry.closed().get(0).error()).isEqualTo("message of 5 bytes holds only a part of a frame");
    }

    @Test
    void aMessageThatHoldsMoreThanAFrameIsRefused() {
        connect(new TestTransport(false, true));
        opened.get(0).start();
        channel.writeInbound(Unpooled.wrappedBuffer(EmbeddedSocket.frame(), Unpooled.wrappedBuffer(new byte[3])));
        assertThat(listener.methods).hasSize(1);
        assertThat(registry.closed().get(0).closeReason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
    }

    private void assertFailed(String text) {
        assertThat(opened).isEmpty();
        assertThat(failed).singleElement().satisfies(cause -> {
            assertThat(cause.reason()).isEqualTo(CloseReason.HANDSHAKE_FAILED);
            assertThat(cause.detail()).isEqualTo(text);
        });
        assertThat(registry.openCount()).isZero();
        assertThat(registry.closed())
                .singleElement()
                .matches(closed -> closed.closeReason() == CloseReason.HANDSHAKE_FAILED);
    }
}
