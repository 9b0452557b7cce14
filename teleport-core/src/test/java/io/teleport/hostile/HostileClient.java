package io.teleport.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.message.Message;
import io.teleport.message.Status;
import io.teleport.protocol.FrameCodec;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** The other end of a connection in bare bytes; on WebSocket, what it sends is a message in one masked frame. */
final class HostileClient implements AutoCloseable {

    private static final int BINARY = 0x82;

    private static final int CLOSE = 0x88;

    private final Socket socket;

    private final int localPort;

    private final DataInputStream in;

    private final BodyWire wire;

    private final FrameCodec codec;

    /** On the heap, left to the garbage collector. */
    private final ByteBuf received = Unpooled.buffer();

    HostileClient(BodyWire wire, int port) throws IOException {
        this.wire = wire;
        this.codec = wire.newCodec(HostileBodies.GZIP, HostileBodies.MD5);
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        localPort = socket.getLocalPort();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        in = new DataInputStream(socket.getInputStream());
    }

    int localPort() {
        return localPort;
    }

    /** Sends a whole message. */
    void send(byte[] packed) throws IOException {
        sendBytes(wire.isWebSocket() ? frame(BINARY, packed) : packed);
    }

    /** Sends bytes as they are; that the other side has had enough meanwhile is for the reader to find. */
    void sendBytes(byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (SocketException e) {
            assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe|aborted).*");
        }
    }

    void send(String text) throws IOException {
        sendBytes(HostileBodies.ascii(text));
    }

    /** A frame of a client: masked, its length in as few bytes as possible. */
    static byte[] frame(int first, byte[] payload) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream frame = new DataOutputStream(bytes);
        frame.writeByte(first);
        if (payload.length < 126) {
            frame.writeByte(0x80 | payload.length);
        } else if (payload.length <= 0xffff) {
            frame.writeByte(0x80 | 126);
            frame.writeShort(payload.length);
        } else {
            frame.writeByte(0x80 | 127);
            frame.writeLong(payload.length);
        }
        byte[] mask = {1, 2, 3, 4};
        frame.write(mask);
        byte[] masked = payload.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= mask[i % 4];
        }
        frame.write(masked);
        return bytes.toByteArray();
    }

    /** Opens a WebSocket. */
    void upgrade(String path) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
        assertThat(head()).startsWith("HTTP/1.1 101 ");
    }

    /** First line and headers of an HTTP message. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("after '" + head + "'");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** Payload of the next frame of a WebSocket; for a close frame, its code in digits and its text. */
    String frame() throws IOException {
        int first = in.readUnsignedByte();
        byte[] payload = payload();
        if (first != CLOSE) {
            return Integer.toHexString(first) + " " + new String(payload, StandardCharsets.ISO_8859_1);
        }
        int code = (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
        return code + " " + new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }

    private byte[] payload() throws IOException {
        int length = in.readUnsignedByte();
        assertThat(length).as("length of a frame that is not masked").isLessThan(128);
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        return in.readNBytes(length);
    }

    /** What a REPLY said. */
    record Answer(Status status, String body) {}

    /** The next REPLY. */
    Answer answer() throws IOException {
        Message reply = wire.isWebSocket() ? message() : streamed();
        try {
            return new Answer(reply.header().status(), reply.body().toString(StandardCharsets.UTF_8));
        } finally {
            reply.release();
        }
    }

    private Message message() throws IOException {
        assertThat(in.readUnsignedByte()).as("first byte of a data frame").isIn(0x81, BINARY);
        Message message = codec.decode(Unpooled.wrappedBuffer(payload()));
        assertThat(message).isNotNull();
        return message;
    }

    private Message streamed() throws IOException {
        Message message = codec.decode(received);
        while (message == null) {
            byte[] some = new byte[8 * 1024];
            int count = in.read(some);
            if (count < 0) {
                throw new EOFException("after " + received.toString(StandardCharsets.ISO_8859_1));
            }
            received.writeBytes(some, 0, count);
            message = codec.decode(received);
        }
        return message;
    }

    /** Everything up to the end of the connection, which the other side brings about. */
    String rest() throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            in.transferTo(rest);
        } catch (SocketException reset) {
            // An end as well: bytes of ours were unread.
            assertThat(reset).hasMessageContaining("reset");
        }
        return rest.toString(StandardCharsets.ISO_8859_1);
    }

    /** Ends the connection from this side as well. */
    void leave() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
