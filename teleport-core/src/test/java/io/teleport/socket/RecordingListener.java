package io.teleport.socket;

import io.teleport.message.Message;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a socket tells its owner. */
final class RecordingListener implements SocketListener {

    final List<String> methods = new CopyOnWriteArrayList<>();

    final List<CloseCause> ends = new CopyOnWriteArrayList<>();

    final CompletableFuture<CloseCause> closed = new CompletableFuture<>();

    @Override
    public void onMessage(Message message) {
        methods.add(message.header().serviceMethod());
        message.release();
    }

    @Override
    public void onClosed(CloseCause cause) {
        ends.add(cause);
        closed.complete(cause);
    }

    @Override
    public String sessionId() {
        return "session of the test";
    }

    @Override
    public int callsInFlight() {
        return 3;
    }
}
