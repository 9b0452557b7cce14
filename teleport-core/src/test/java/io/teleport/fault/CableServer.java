package io.teleport.fault;

import io.teleport.peer.Peer;
import io.teleport.peer.PeerBuilder;
import io.teleport.plugin.PostDisconnectHook;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.testing.ChildProcess;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The server at the other end of the cable. Says how its connections end. Its arguments: the address to listen on, whether to notice an end soon. */
final class CableServer {

    static final String LISTENING = "listening on ";

    static final String ENDED = "ended: ";

    private CableServer() {}

    public static void main(String[] arguments) throws Exception {
        PeerBuilder options = Peer.builder()
                .name("cable-server")
                .listen(arguments[0])
                .eventLoopThreads(1)
                .closeTimeout(Duration.ZERO)
                .plugin(new PostDisconnectHook() {
                    @Override
                    public String name() {
                        return "ends";
                    }

                    @Override
                    public void postDisconnect(Session session, CloseCause cause) {
                        System.out.println(ENDED + cause.reason());
                    }
                });
        if (Boolean.parseBoolean(arguments[1])) {
            options.register(new ImpatientTcp());
        }
        try (Peer server = options.build()) {
            server.router()
                    .call("/echo", int.class, (context, number) -> number)
                    .call("/never", void.class, (context, nothing) -> new CompletableFuture<>());
            System.out.println(LISTENING + server.start().port());
            ChildProcess.awaitEnd();
        }
    }
}
