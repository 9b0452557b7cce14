package io.teleport.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.teleport.transport.Transports;
import io.teleport.transport.local.LocalTransport;
import java.io.FileInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.blockhound.BlockingOperationError;

/** The check of the event loops itself: it sees blocking on a loop, and only there, and remembers it. */
@EnabledIfSystemProperty(
        named = EventLoopGuard.GUARDED,
        matches = "true",
        disabledReason = "the JVM was started without the options that the build gives to these tests")
class EventLoopGuardTests {

    @SuppressWarnings("WaitNotInLoop") // nothing is waited for
    private static final Map<String, Callable<?>> BLOCKING = Map.of(
            "sleeping",
                    () -> {
                        Thread.sleep(1);
                        return null;
                    },
            "parking",
                    () -> {
                        LockSupport.parkNanos(1);
                        return null;
                    },
            // long enough not to be over before it begins
            "waiting for a future", () -> new CompletableFuture<>().get(10, TimeUnit.SECONDS),
            "waiting for a latch", () -> new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS),
            "waiting for a monitor's notification",
                    () -> {
                        Object monitor = new Object();
                        synchronized (monitor) {
                            monitor.wait(1);
                        }
                        return null;
                    },
            "reading a file",
                    () -> {
                        try (FileInputStream file = new FileInputStream("pom.xml")) {
                            return file.read();
                        }
                    },
            "connecting",
                    () -> {
                        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), 9)) {
                            return socket;
                        }
                    });

    private final Transports transports =
            new Transports(List.of(new LocalTransport()), "guarded", Transports.threads("guarded", 1, true));

    private Channel onLoop;

    @BeforeEach
    void startLoop() {
        onLoop = transports
                .bind(transports.parse("local://guarded"), false, (channel, transport) -> {})
                .syncUninterruptibly()
                .channel();
    }

    @AfterEach
    void endLoop() {
        onLoop.close().syncUninterruptibly();
        transports.end(Duration.ofSeconds(60)).forEach(Future::syncUninterruptibly);
    }

    /** What the blocking call ended with on the event loop, where the caller caught it. */
    private Throwable swallowed(Callable<?> blocking) throws Exception {
        return onLoop.eventLoop()
                .submit(() -> {
                    try {
                        throw new AssertionError("not refused: " + blocking.call());
                    } catch (Throwable e) {
                        return e;
                    }
                })
                .get(60, TimeUnit.SECONDS);
    }

    private static Stream<String> waysOfBlocking() {
        return BLOCKING.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("waysOfBlocking")
    void isRefusedOnAnEventLoopAndRemembered(String what) throws Exception {
        Throwable refusal = swallowed(BLOCKING.get(what));
        assertThat(refusal).isInstanceOf(BlockingOperationError.class);
        assertThat(RefusedBlocking.OF_THIS_RUN.forget((BlockingOperationError) refusal))
                .isTrue();
    }

    @Test
    void aRefusalThatSomebodySwallowedFailsTheRun() throws Exception {
        Throwable refusal = swallowed(BLOCKING.get("sleeping"));
        assertThatThrownBy(RefusedBlocking.OF_THIS_RUN::check)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("sleep");
        assertThat(RefusedBlocking.OF_THIS_RUN.forget((BlockingOperationError) refusal))
                .isTrue();
    }

    @Test
    void otherThreadsMayBlock() throws Exception {
        Thread.sleep(1);
        LockSupport.parkNanos(1);
    }
}
