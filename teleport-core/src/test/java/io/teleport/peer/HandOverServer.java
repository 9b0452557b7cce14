package io.teleport.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

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
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (in.readLine() != null) {
                System.out.println("still there");
            }
        }
    }
}
