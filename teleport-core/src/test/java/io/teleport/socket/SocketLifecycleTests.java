package io.teleport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SocketLifecycleTests {

    private final SocketLifecycle lifecycle = new SocketLifecycle();

    @Test
    void aRefusedMoveChangesNothing() {
        assertThat(lifecycle.move(SocketState.OPENING, null)).isFalse();
        assertThat(lifecycle.state()).isEqualTo(SocketState.OPENING);
        assertThat(lifecycle.cause()).isNull();
    }

    @Test
    void theFirstCauseWins() {
        CloseCause first = CloseCause.now(CloseReason.KICKED, "first");
        assertThat(lifecycle.move(SocketState.CLOSING, first)).isTrue();
        assertThat(lifecycle.move(SocketState.CLOSING, CloseCause.now(CloseReason.LOCAL, "second")))
                .isFalse();
        assertThat(lifecycle.move(SocketState.CLOSED, CloseCause.now(CloseReason.REMOTE, "third")))
                .isTrue();
        assertThat(lifecycle.cause()).isSameAs(first);
    }

    @Test
    void aSocketThatIsClosedWithoutClosingTakesThatCause() {
        CloseCause cause = CloseCause.now(CloseReason.REMOTE, "");
        assertThat(lifecycle.move(SocketState.CLOSED, cause)).isTrue();
        assertThat(lifecycle.cause()).isSameAs(cause);
    }

    @Test
    void ofConcurrentClosesExactlyOneMovesAndItsCauseIsKept() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CyclicBarrier together = new CyclicBarrier(2);
        try {
            for (int round = 0; round < 5_000; round++) {
                SocketLifecycle contended = new SocketLifecycle();
                CloseCause left = CloseCause.now(CloseReason.LOCAL, "");
                CloseCause right = CloseCause.now(CloseReason.IO_ERROR, "");
                Future<Boolean> leftWon = threads.submit(() -> {
                    together.await(20, TimeUnit.SECONDS);
                    return contended.move(SocketState.CLOSING, left);
                });
                Future<Boolean> rightWon = threads.submit(() -> {
                    together.await(20, TimeUnit.SECONDS);
                    return contended.move(SocketState.CLOSING, right);
                });
                assertThat(leftWon.get()).isNotEqualTo(rightWon.get());
                assertThat(contended.cause()).isSameAs(leftWon.get() ? left : right);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
