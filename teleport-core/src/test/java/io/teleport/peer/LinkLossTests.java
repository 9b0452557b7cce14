package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.Status;
import io.teleport.plugin.PostDisconnectHook;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ends, and in which order, when a connection does. */
class LinkLossTests extends PeerPair {

    @Override
    String address() {
        return "tcp://127.0.0.1:0";
    }

    @Test
    @Timeout(60)
    void aHandlerThatWaitsForItsCallBackOverALostConnectionIsSetFreeAndTheHookRunsOnce() throws Exception {
        CompletableFuture<Void> calledBack = new CompletableFuture<>();
        CompletableFuture<Status> outcome = new CompletableFuture<>();
        CompletableFuture<Session> disconnected = new CompletableFuture<>();
        AtomicInteger disconnects = new AtomicInteger();
        connect(
                builder -> builder.plugin(new PostDisconnectHook() {
                    @Override
                    public String name() {
                        return "ends";
                    }

                    @Override
                    public void postDisconnect(Session ended, CloseCause cause) {
                        disconnects.incrementAndGet();
                        disconnected.complete(ended);
                    }
                }),
                builder -> builder);
        client.router().call("/never", void.class, (context, nothing) -> {
            calledBack.complete(null);
            return new CompletableFuture<String>();
        });
        server.router().call("/callback", void.class, (context, nothing) -> {
            outcome.complete(refusal(() -> context.session().call("/never", null, String.class)));
            return null;
        });
        session.callAsync("/callback", null, void.class);
        soon(calledBack);
        client.sockets().sockets().forEach(socket -> socket.abort(CloseReason.LOCAL, "cut by the test"));
        assertThat(soon(outcome).code()).isEqualTo(102);
        // The handler was set free a moment ago and has yet to end.
        Session ended = soon(disconnected);
        while (ended.callsInFlight() > 0) {
            Thread.onSpinWait();
        }
        assertThat(disconnects).hasValue(1);
    }
}
