package io.teleport.peer;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An HTTP client that sends exactly what it is told to. */
final class HttpClientSocket implements AutoCloseable {

    /** @param head first line and headers, as they came */
    record Response(List<String> head, String body) {

        String line() {
            return head.get(0);
        }
    }

    private final Socket socket;

    HttpClientSocket(Peer server) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
    }

    HttpClientSocket send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    HttpClientSocket send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    Response receive() throws IOException {
        List<String> head = new ArrayList<>();
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.add(line);
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        byte[] body = socket.getInputStream().readNBytes(length);
        return new Response(head, new String(body, StandardCharsets.UTF_8));
    }

    /** Whether the server says nothing more and ends the connection. */
    boolean isAtEnd() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    String local() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private String line() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("after '" + line.toString(StandardCharsets.ISO_8859_1) + "'");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
