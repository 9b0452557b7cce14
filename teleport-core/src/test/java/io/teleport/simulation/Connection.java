package io.teleport.simulation;

import java.io.IOException;

/** Two ends and the two wires between them. */
final class Connection {

    /** How long the network goes on with a side that it hears nothing from: what TCP keep-alive does, see the defaults of the TCP transport. */
    private static final long KEEP_ALIVE = 75_000 * World.MILLIS;

    private final World world;

    private final Network network;

    private final String name;

    private final End dialed;

    private final End accepted;

    private final Wire there;

    private final Wire back;

    private final WireTap tap;

    Connection(World world, Network network, String name, SimAddress client, SimAddress server, WireTap tap) {
        this.world = world;
        this.network = network;
        this.name = name;
        this.tap = tap;
        this.there = new Wire(world, tap);
        this.back = new Wire(world, tap.other());
        this.dialed = new End(this, client, server, back, there);
        this.accepted = new End(this, server, client, there, back);
    }

    End dialed() {
        return dialed;
    }

    End accepted() {
        return accepted;
    }

    End other(End end) {
        return end == dialed ? accepted : dialed;
    }

    WireTap tap() {
        return tap;
    }

    void resetSoon(End end) {
        world.after(world.some(5 * World.MILLIS), () -> end.broken(new IOException("Connection reset by peer")));
    }

    /** Nobody takes it on the other side. */
    void refuse() {
        accepted.close();
        resetSoon(dialed);
    }

    void closed() {
        if (dialed.isClosed() && accepted.isClosed()) {
            network.gone(this);
        }
    }

    // Faults.

    void cut() {
        world.log("fault: " + name + " is cut");
        there.breakOff();
        back.breakOff();
        resetSoon(dialed);
        resetSoon(accepted);
    }

    /** One direction or both lead nowhere from now on. The network notices, late. */
    void halfOpen(boolean goes, boolean comes) {
        world.log("fault: " + name + " loses" + (goes ? " what is sent" : "") + (comes ? " what comes back" : ""));
        if (goes) {
            there.lose();
        }
        if (comes) {
            back.lose();
        }
        world.after(KEEP_ALIVE, () -> dialed.broken(new IOException("Connection timed out")));
        world.after(KEEP_ALIVE, () -> accepted.broken(new IOException("Connection timed out")));
    }

    void stall(long nanos) {
        world.log("fault: " + name + " stalls for " + nanos / World.MILLIS + " ms");
        there.stall(nanos);
        back.stall(nanos);
    }

    @Override
    public String toString() {
        return name;
    }
}
