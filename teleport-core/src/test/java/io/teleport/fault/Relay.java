package io.teleport.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A network between clients and a server on this machine, whose connections can be broken. */
final class Relay implements AutoCloseable {

    private final ServerSocket door = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());

    private final int serverPort;

    private final BlockingQueue<Wire> made = new LinkedBlockingQueue<>();

    private final List<Wire> all = new CopyOnWriteArrayList<>();

    Relay(int serverPort) throws IOException {
        this.serverPort = serverPort;
        Thread accepting = new Thread(this::accept, "relay-door");
        accepting.setDaemon(true);
        accepting.start();
    }

    /** What clients dial instead of the server. */
    String address() {
        return "tcp://127.0.0.1:" + door.getLocalPort();
    }

    private void accept() {
        try {
            while (!door.isClosed()) {
                Socket toClient = door.accept();
                connect(toClient);
            }
        } catch (IOException e) {
            if (!door.isClosed()) {
                throw new IllegalStateException("the relay's door", e);
            }
        }
    }

    private void connect(Socket toClient) throws IOException {
        try {
            Socket toServer = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            toServer.setTcpNoDelay(true);
            toClient.setTcpNoDelay(true);
            Wire wire = new Wire(toClient, toServer);
            all.add(wire);
            made.add(wire);
        } catch (IOException e) {
            // Nobody listens there; the client learns it as it would without a relay in between.
            toClient.setSoLinger(true, 0);
            toClient.close();
        }
    }

    /** The next connection that was made. */
    Wire next() throws InterruptedException {
        Wire wire = made.poll(60, TimeUnit.SECONDS);
        if (wire == null) {
            throw new AssertionError("nobody dials");
        }
        return wire;
    }

    @Override
    public void close() throws IOException {
        door.close();
        all.forEach(Wire::close);
    }
}
