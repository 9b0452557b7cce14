package io.teleport.peer;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** The other end of a connection as bare bytes, for what no well-behaved peer sends. */
final class WireClient implements AutoCloseable {

    private final Socket socket;

    WireClient(Peer server) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setTcpNoDelay(true);
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Reads a whole frame of the raw protocol. */
    void awaitReply() throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        in.readFully(new byte[in.readInt() - Integer.BYTES]);
    }

    /** Reads until the server has closed the connection. */
    void awaitEnd() throws IOException {
        try {
            socket.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            // Closed as well, with bytes of ours unread.
            socket.close();
        }
    }

    /** Ends the stream in the orderly way; what the server sends can still arrive. */
    void endOfStream() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
