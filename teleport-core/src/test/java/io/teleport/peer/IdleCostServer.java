package io.teleport.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;

/** A server in a process of its own. For each number it reads it waits for so many sessions more, and tells what it holds then. */
final class IdleCostServer {

    private IdleCostServer() {}

    public static void main(String[] arguments) throws IOException {
        Semaphore accepted = new Semaphore(0);
        try (Peer server = Peer.builder()
                .name("idle-server")
                .listen("tcp://127.0.0.1:0")
                .plugin(new Counter(accepted, new Semaphore(0)))
                .build()
                .start()) {
            System.out.println(server.port());
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                accepted.acquireUninterruptibly(Integer.parseInt(line));
                System.out.println(Footprint.now().line());
            }
        }
    }
}
