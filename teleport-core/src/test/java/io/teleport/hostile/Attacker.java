package io.teleport.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.protocol.FrameCodec;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** One end of a connection that sends any bytes, and nothing by itself. Looks at everything it hears for what must not leave a process. */
final class Attacker implements AutoCloseable {

    private static final String UPGRADE = """
            GET / HTTP/1.1
            Host: localhost
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13

            """.replace("\n", "\r\n");

    private static final int CLOSE = 0x88;

    private final Wire wire;

    private final Socket socket;

    private final DataInputStream in;

    private final FrameCodec codec;

    private final ByteBuf unread = Unpooled.buffer();

    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    private Attacker(Wire wire, Socket socket) throws IOException {
        this.wire = wire;
        this.socket = socket;
        this.codec = wire.newCodec();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        this.in = new DataInputStream(new Recorded(socket.getInputStream()));
    }

    /** Is connected, and no more. */
    static Attacker connected(Wire wire, int port) throws IOException {
        return new Attacker(wire, new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Has come so far that it may send messages. */
    static Attacker open(Wire wire, int port) throws IOException {
        Attacker attacker = connected(wire, port);
        if (wire.isWebSocket()) {
            attacker.send(UPGRADE.getBytes(StandardCharsets.US_ASCII));
            attacker.awaitHeadEnd();
        }
        return attacker;
    }

    private void awaitHeadEnd() throws IOException {
        int last = 0;
        while (last != 0x0d0a0d0a) {
            last = last << 8 | in.readUnsignedByte();
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    Socket socket() {
        return socket;
    }

    /** Sends bytes as they are, all at once. */
    void send(byte[]... bytes) throws IOException {
        socket.getOutputStream().write(ByteBufUtil.getBytes(Unpooled.wrappedBuffer(bytes)));
    }

    /** As {@link #send}, for what the other side may refuse while it is being sent. */
    void sendUntilRefused(byte[]... bytes) throws IOException {
        try {
            send(bytes);
        } catch (SocketException refused) {
            assertThat(refused).hasMessageMatching("(?i).*(reset|pipe|closed|aborted).*");
        }
    }

    /** A message as it came. */
    static final class Heard {

        private final MessageHeader header;

        private final byte[] body;

        private Heard(MessageHeader header, byte[] body) {
            this.header = header;
            this.body = body;
        }

        MessageHeader header() {
            return header;
        }

        byte[] body() {
            return body.clone();
        }

        MessageType type() {
            return header.type();
        }

        int sequence() {
            return header.sequence();
        }

        int code() {
            return header.status().code();
        }
    }

    Heard hear() throws IOException {
        Message message = wire.isWebSocket() ? nextOfWebSocket() : next();
        byte[] body = ByteBufUtil.getBytes(message.body());
        message.release();
        return new Heard(message.header(), body);
    }

    private Message next() throws IOException {
        Message message = codec.decode(unread);
        while (message == null) {
            byte[] some = new byte[4096];
            int length = in.read(some);
            if (length < 0) {
                throw new EOFException("no further message; all that came: " + heard.toString(StandardCharsets.UTF_8));
            }
            unread.discardReadBytes().writeBytes(some, 0, length);
            message = codec.decode(unread);
        }
        return message;
    }

    private Message nextOfWebSocket() throws IOException {
        int first = in.readUnsignedByte();
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = in.readNBytes(Math.toIntExact(length));
        if (first == CLOSE) {
            throw new EOFException("closed: " + new String(payload, StandardCharsets.UTF_8));
        }
        Message message = codec.decode(Unpooled.wrappedBuffer(payload));
        assertThat(message).isNotNull();
        return message;
    }

    /** Waits until the other side has closed, gives what it still sent, and closes, too: the other side waits for that a little. */
    String rest() throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.writeBytes(ByteBufUtil.getBytes(unread));
        try {
            in.transferTo(rest);
        } catch (SocketException reset) {
            // Closed as well, with bytes of ours unread.
            assertThat(reset).hasMessageMatching("(?i).*reset.*");
        }
        socket.close();
        return rest.toString(StandardCharsets.UTF_8);
    }

    /** Ends the stream in the orderly way. */
    void endOfStream() throws IOException {
        socket.shutdownOutput();
    }

    /** As {@link #endOfStream}, where the other side may have closed already. */
    void endOfStreamUnlessRefused() throws IOException {
        try {
            socket.shutdownOutput();
        } catch (SocketException refused) {
            assertThat(refused).hasMessageMatching("(?i).*(reset|pipe|closed|connected).*");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        assertThat(heard.toString(StandardCharsets.UTF_8))
                .as("what the other side sent")
                .doesNotContain("\tat ", "at io.teleport", ".java:", "Exception", "io.netty", "tools.jackson");
    }

    private final class Recorded extends InputStream {

        private final InputStream from;

        Recorded(InputStream from) {
            this.from = from;
        }

        @Override
        public int read() throws IOException {
            int next = from.read();
            if (next >= 0) {
                heard.write(next);
            }
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = from.read(bytes, offset, length);
            if (count > 0) {
                heard.write(bytes, offset, count);
            }
            return count;
        }
    }
}
