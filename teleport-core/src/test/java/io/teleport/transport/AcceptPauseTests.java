package io.teleport.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.teleport.testing.LoggedLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listening channel that cannot accept, on a virtual clock. */
class AcceptPauseTests {

    private final List<Object> behind = new ArrayList<>();

    private final LoggedLines log = LoggedLines.of(AcceptPause.class.getName());

    private EmbeddedChannel channel;

    @BeforeEach
    void listen() {
        channel = new EmbeddedChannel(new AcceptPause(), new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object accepted) {
                behind.add(accepted);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
                behind.add(failure);
            }
        });
        channel.freezeTime();
    }

    @AfterEach
    void end() {
        log.close();
        channel.finishAndReleaseAll();
    }

    private void fail() {
        channel.pipeline().fireExceptionCaught(new IOException("Too many open files"));
    }

    private void pass(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private boolean accepts() {
        return channel.config().isAutoRead();
    }

    private int told() {
        return log.lines().size();
    }

    @Test
    void itPausesAfterEachFailureAndTriesAgain() {
        for (int i = 0; i < 3; i++) {
            fail();
            assertThat(accepts()).isFalse();
            pass(AcceptPause.PAUSE_MILLIS - 1);
            assertThat(accepts()).isFalse();
            pass(1);
            assertThat(accepts()).isTrue();
        }
        assertThat(behind).isEmpty();
    }

    @Test
    void itTellsOfManyFailuresOnceAndOfTheirEndOnce() {
        for (int i = 0; i < 100; i++) {
            fail();
            pass(AcceptPause.PAUSE_MILLIS);
        }
        channel.writeInbound("first", "second");
        assertThat(told()).isEqualTo(1);
        pass(AcceptPause.PAUSE_MILLIS);
        assertThat(told()).isEqualTo(2);
        assertThat(log.lines().get(0))
                .startsWith("WARN ")
                .contains("cannot accept")
                .endsWith("Too many open files");
        assertThat(log.lines().get(1)).startsWith("WARN ").endsWith("accepts connections again, after 100 failures");
        assertThat(behind).containsExactly("first", "second");
    }

    @Test
    void oneThatIsAcceptedBetweenTwoFailuresIsNotTheEnd() {
        for (int i = 0; i < 100; i++) {
            fail();
            pass(AcceptPause.PAUSE_MILLIS);
            channel.writeInbound(i);
        }
        fail();
        assertThat(told()).isEqualTo(1);
        assertThat(behind).hasSize(100);
    }

    @Test
    void theNextTimeIsToldAgain() {
        for (int i = 0; i < 2; i++) {
            fail();
            pass(AcceptPause.PAUSE_MILLIS);
            channel.writeInbound(i);
            pass(AcceptPause.PAUSE_MILLIS);
        }
        assertThat(told()).isEqualTo(4);
    }

    @Test
    void whatIsNoFailureOfTheSystemIsToldWithItsTrace() {
        channel.pipeline().fireExceptionCaught(new IllegalStateException("no such thing"));
        assertThat(log.lines()).singleElement().asString().startsWith("ERROR ").endsWith("IllegalStateException");
        assertThat(accepts()).isFalse();
    }
}
