package io.teleport.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Takes one connection, reads what looks like the head of a request, answers as its script says, and says no more. */
final class HostileServer implements AutoCloseable {

    /** What it answers. */
    @FunctionalInterface
    interface Script {
        /**
         * Writes the answer.
         *
         * @param head what was received, as bytes in characters
         */
        void answer(String head, OutputStream out) throws IOException;
    }

    private final ServerSocket listening;

    /** The head it was sent. */
    private final CompletableFuture<String> heard = new CompletableFuture<>();

    private final Thread thread;

    HostileServer(Script script) throws IOException {
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        thread = new Thread(() -> serve(script), "hostile-server");
        thread.start();
    }

    int port() {
        return listening.getLocalPort();
    }

    CompletableFuture<String> heard() {
        return heard;
    }

    private void serve(Script script) {
        try (Socket socket = listening.accept()) {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    break;
                }
                head.append((char) next);
            }
            heard.complete(head.toString());
            if (head.length() > 0) {
                script.answer(head.toString(), socket.getOutputStream());
                socket.shutdownOutput();
                in.transferTo(OutputStream.nullOutputStream());
            }
        } catch (SocketException e) {
            // The other side has had enough, or nobody came.
            heard.completeExceptionally(e);
        } catch (IOException | RuntimeException e) {
            heard.completeExceptionally(e);
            throw new IllegalStateException(e);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
