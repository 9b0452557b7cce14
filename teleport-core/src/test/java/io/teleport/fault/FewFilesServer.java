package io.teleport.fault;

import io.teleport.peer.Peer;
import io.teleport.testing.ChildProcess;

/** A server whose process may open few files. */
final class FewFilesServer {

    static final String LISTENING = "listening on ";

    private FewFilesServer() {}

    public static void main(String[] arguments) throws Exception {
        try (Peer server = Peer.builder()
                .name("few-files")
                .listen("tcp://127.0.0.1:0")
                .eventLoopThreads(1)
                .build()) {
            server.router()
                    .call("/echo", int.class, (context, number) -> number)
                    .call(
                            "/open",
                            void.class,
                            (context, nothing) -> server.sockets().openCount());
            server.start();
            System.out.println(LISTENING + server.port());
            ChildProcess.awaitEnd();
        }
        System.out.println("closed");
    }
}
