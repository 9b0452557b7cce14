package io.teleport.simulation;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Who listens where, and every connection there is. */
final class Network {

    private final World world;

    private final Map<String, SimServerChannel> listening = new TreeMap<>();

    private final List<Connection> connections = new ArrayList<>();

    private final List<WireTap> taps = new ArrayList<>();

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);

    private int connectionCount;

    private long unreachableUntil;

    private BiConsumer<WireTap, Integer> onRequest = (wire, id) -> {};

    Network(World world) {
        this.world = world;
    }

    UnpooledByteBufAllocator allocator() {
        return allocator;
    }

    void bind(SimAddress address, SimServerChannel channel) throws IOException {
        if (listening.putIfAbsent(address.toString(), channel) != null) {
            throw new BindException("Address already in use: " + address);
        }
    }

    void release(SimAddress address, SimServerChannel channel) {
        listening.remove(address.toString(), channel);
    }

    void connect(SimChannel channel, String from, SimAddress to) {
        int number = ++connectionCount;
        world.after(world.some(3 * World.MILLIS), () -> arrive(channel, from + ":" + number, to));
    }

    private void arrive(SimChannel channel, String from, SimAddress to) {
        if (unreachableUntil > world.now()) {
            // Into nowhere; whoever dials has a limit.
            world.log("net: " + from + " does not reach " + to);
            return;
        }
        SimServerChannel server = listening.get(to.toString());
        if (server == null || !server.isActive()) {
            world.after(
                    world.some(World.MILLIS),
                    () -> channel.notEstablished(new ConnectException("Connection refused: " + to)));
            return;
        }
        WireTap tap = new WireTap(world, from + "->" + to);
        taps.add(tap);
        tap.onRequest(id -> onRequest.accept(tap, id));
        tap.other().onRequest(id -> onRequest.accept(tap.other(), id));
        Connection made = new Connection(world, this, from + "-" + to, new SimAddress(from), to, tap);
        connections.add(made);
        server.connected(made);
        world.after(world.some(3 * World.MILLIS), () -> channel.established(made.dialed()));
    }

    void gone(Connection connection) {
        connections.remove(connection);
    }

    /** Those that at least one side has. */
    List<Connection> connections() {
        return connections;
    }

    /** Told of the calls and pushes that are written, with the wire that they are written to. */
    void onRequest(BiConsumer<WireTap, Integer> listener) {
        onRequest = listener;
    }

    /** At the end of time. */
    void check() {
        for (WireTap tap : taps) {
            tap.end();
            tap.other().end();
        }
        if (!connections.isEmpty()) {
            throw world.violation("G4", "connections are left: " + connections);
        }
        long heap = allocator.metric().usedHeapMemory();
        long direct = allocator.metric().usedDirectMemory();
        if (heap != 0 || direct != 0) {
            throw world.violation("G7", "buffers are left: " + heap + " bytes on the heap, " + direct + " direct");
        }
    }

    void unreachable(long nanos) {
        world.log("fault: nobody is reached for " + nanos / World.MILLIS + " ms");
        unreachableUntil = world.now() + nanos;
    }
}
