package io.teleport.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** One connection through a {@link Relay}, which can be ended at either side in any way, or go silent. What one end does, the other sees as well. */
final class Wire implements AutoCloseable {

    /** The relay's ends. */
    private final Socket toClient;

    private final Socket toServer;

    /** Opened when nothing is held back any more. */
    private volatile CountDownLatch gate = new CountDownLatch(0);

    Wire(Socket toClient, Socket toServer) {
        this.toClient = toClient;
        this.toServer = toServer;
        start("to-server", toClient, toServer);
        start("to-client", toServer, toClient);
    }

    private void start(String name, Socket from, Socket to) {
        Thread pump = new Thread(() -> pump(from, to), "relay-" + name);
        pump.setDaemon(true);
        pump.start();
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                gate.await();
                if (!to.isOutputShutdown()) {
                    write(out, buffer, n, to);
                }
            }
            gate.await();
            to.shutdownOutput();
        } catch (IOException e) {
            // One end was reset, by the test or by its peer; so is the other then.
            reset();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a relay", e);
        }
    }

    /** What is sent to an end that was told of the end of the stream is lost. */
    private static void write(OutputStream out, byte[] buffer, int count, Socket to) throws IOException {
        try {
            out.write(buffer, 0, count);
        } catch (IOException e) {
            if (to.isClosed() || !to.isOutputShutdown()) {
                throw e;
            }
        }
    }

    /** How the server's end of this connection is called there. */
    String id() {
        return "127.0.0.1:" + toServer.getLocalPort();
    }

    /** Both ends get a reset. */
    void reset() {
        reset(toServer);
        reset(toClient);
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new IllegalStateException("a socket that cannot be reset", e);
            }
        }
    }

    /** The server reads the end of the stream; what it sends still goes through. */
    void endTowardsServer() throws IOException {
        toServer.shutdownOutput();
    }

    /** The client reads the end of the stream; what it sends still goes through. */
    void endTowardsClient() throws IOException {
        toClient.shutdownOutput();
    }

    /** Nothing goes through any more, not even an end, and nobody is told. */
    void silence() {
        gate = new CountDownLatch(1);
    }

    @Override
    public void close() {
        reset();
        gate.countDown();
    }
}
