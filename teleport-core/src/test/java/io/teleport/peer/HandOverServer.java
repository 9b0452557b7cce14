package io.teleport.peer;

import io.teleport.testing.ChildProcess;
import java.io.IOException;

/** The next process of a service: listens on the address it is given, says so, and closes when its standard input ends. */
final class HandOverServer {

    static final String READY = "listening on ";

    private HandOverServer() {}

    public static void main(String[] arguments) throws IOException {
        try (Peer next = Peer.builder()
                .name("second")
                .listen(arguments[0])
                .reusePort(true)
                .eventLoopThreads(1)
                .build()) {
            next.router().call("/who", void.class, (context, nothing) -> "second");
            next.start();
            System.out.println(READY + next.port());
            ChildProcess.awaitEnd();
        }
    }
}
