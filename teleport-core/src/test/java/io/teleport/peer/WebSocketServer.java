package io.teleport.peer;

import io.teleport.message.Status;
import io.teleport.session.Session;
import io.teleport.socket.SocketSnapshot;
import io.teleport.testing.Eventually;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** A peer that listens on WebSocket with the json protocol, for tests that bring their own client. */
abstract class WebSocketServer {

    static final String PATH = "/teleport";

    Peer server;

    final BlockingQueue<String> pushed = new LinkedBlockingQueue<>();

    final Peer listen(UnaryOperator<PeerBuilder> options) {
        server = options.apply(Peer.builder()
                        .name("server")
                        .protocol("json")
                        .eventLoopThreads(1)
                        .listen("ws://127.0.0.1:0" + PATH))
                .build();
        server.router()
                .call("/math/add", int[].class, (context, numbers) -> {
                    int sum = 0;
                    for (int number : numbers) {
                        sum += number;
                    }
                    return sum;
                })
                .call("/bytes", int.class, (context, count) -> new byte[count])
                .call("/refuse", String.class, (context, text) -> {
                    throw Status.of(1234, text).toException();
                })
                .push("/note", String.class, (context, text) -> pushed.add(text));
        return server.start();
    }

    final WebSocketWire connect() throws Exception {
        WebSocketWire wire = new WebSocketWire(server.port());
        wire.open(PATH);
        return wire;
    }

    final Session session() {
        return Eventually.present(
                "the session of the server", () -> server.sessions().stream().findFirst());
    }

    static String call(int sequence, String method, String body) {
        return "{\"seq\":" + sequence + ",\"mtype\":1,\"serviceMethod\":\"" + method
                + "\",\"meta\":\"\",\"bodyCodec\":106,\"body\":" + body + ",\"xferPipe\":[]}";
    }

    static String push(String text) {
        return "{\"seq\":1,\"mtype\":3,\"serviceMethod\":\"/note\",\"meta\":\"\",\"bodyCodec\":106,\"body\":\"\\\""
                + text + "\\\"\",\"xferPipe\":[]}";
    }

    final String nextPush() throws InterruptedException {
        return pushed.poll(60, TimeUnit.SECONDS);
    }

    /** The only socket that has ended, once it has. */
    final SocketSnapshot ended() {
        while (server.sockets().openCount() > 0 || server.sockets().closed().isEmpty()) {
            Thread.onSpinWait();
        }
        List<SocketSnapshot> closed = server.sockets().closed();
        if (closed.size() != 1) {
            throw new AssertionError("expected one closed socket: " + closed);
        }
        return closed.get(0);
    }

    @AfterEach
    final void close() {
        server.close();
    }
}
