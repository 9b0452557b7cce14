package io.teleport.peer;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A client that speaks HTTP and WebSocket in bare bytes, for what no well-behaved one sends. */
final class WebSocketWire implements AutoCloseable {

    static final int TEXT = 0x81;

    static final int BINARY = 0x82;

    static final int CLOSE = 0x88;

    static final int PING = 0x89;

    static final int PONG = 0x8a;

    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket;

    private final DataInputStream in;

    private final DataOutputStream out;

    WebSocketWire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /** A request to open a WebSocket, with these headers in the place of or beside the usual ones. */
    static String upgrade(String target, String... headers) {
        StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\n");
        String[] usual = {
            "Host: localhost",
            "Upgrade: websocket",
            "Connection: keep-alive, Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13"
        };
        for (String header : usual) {
            String name = header.substring(0, header.indexOf(':') + 1);
            if (Arrays.stream(headers).noneMatch(own -> own.startsWith(name))) {
                request.append(header).append("\r\n");
            }
        }
        for (String header : headers) {
            // A name without a value leaves the usual one out.
            if (!header.endsWith(":")) {
                request.append(header).append("\r\n");
            }
        }
        return request.append("\r\n").toString();
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** The head of the answer, up to its empty line. */
    String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(in.readUnsignedByte());
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** All that comes until the other side ends the connection. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    void open(String target) throws IOException {
        send(upgrade(target));
        String head = head();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException(head);
        }
    }

    /** A masked frame, of a length that fits seven bits or sixteen. */
    static byte[] frame(int first, byte[] payload) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream frame = new DataOutputStream(bytes);
        frame.writeByte(first);
        if (payload.length < 126) {
            frame.writeByte(0x80 | payload.length);
        } else {
            frame.writeByte(0x80 | 126);
            frame.writeShort(payload.length);
        }
        frame.write(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.writeByte(payload[i] ^ MASK[i % 4]);
        }
        return bytes.toByteArray();
    }

    static byte[] frame(int first, String payload) throws IOException {
        return frame(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    void sendFrame(int first, String payload) throws IOException {
        send(frame(first, payload));
    }

    /** The next frame of the server, which must not be masked. */
    Frame frame() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if ((length & 0x80) != 0) {
            throw new IOException("frame of the server is masked");
        }
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        return new Frame(first, in.readNBytes(length));
    }

    void endOfStream() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** What the server sent. */
    static final class Frame {

        private final int first;

        private final byte[] payload;

        private Frame(int first, byte[] payload) {
            this.first = first;
            this.payload = payload;
        }

        int first() {
            return first;
        }

        byte[] bytes() {
            return payload.clone();
        }

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** Code and text of a close frame. */
        String closing() {
            return first != CLOSE || payload.length < 2
                    ? "no close frame with a code: " + this
                    : (((payload[0] & 0xff) << 8) | (payload[1] & 0xff)) + " "
                            + new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return Integer.toHexString(first) + " " + text();
        }
    }
}
