package io.teleport.simulation;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * One direction of a connection: bytes wait at their sender, travel in pieces of any size, and wait at their receiver, in a limited number at both. Time and
 * sizes are drawn from the seed.
 */
final class Wire {

    private final World world;

    private final WireTap tap;

    private final int capacity;

    private final int pieces;

    private final long delay;

    private final Bytes sent = new Bytes();

    private final Bytes arrived = new Bytes();

    private boolean moving;

    /** Bytes vanish, and nobody is told. */
    private boolean lost;

    private boolean broken;

    private boolean ended;

    private boolean endArrived;

    private long stalledUntil;

    private Runnable readable = () -> {};

    private Runnable writable = () -> {};

    Wire(World world, WireTap tap) {
        this.world = world;
        this.tap = tap;
        boolean slow = world.chance(1, 10);
        this.capacity = 64 << world.random.nextInt(slow ? 6 : 12);
        this.pieces = slow ? 1 + world.random.nextInt(200) : 1 + world.random.nextInt(64 * 1024);
        this.delay = (slow ? 5 : 1) * World.MILLIS;
    }

    void onReadable(Runnable action) {
        readable = action;
    }

    void onWritable(Runnable action) {
        writable = action;
    }

    /** Takes as many bytes as there is room for, or fewer. */
    int write(ByteBuf from) {
        int room = Math.min(capacity - sent.size(), from.readableBytes());
        if (room <= 0) {
            return 0;
        }
        int taken = world.chance(1, 3) ? 1 + world.random.nextInt(room) : room;
        byte[] bytes = new byte[taken];
        from.getBytes(from.readerIndex(), bytes);
        tap.written(bytes);
        sent.add(bytes);
        move();
        return taken;
    }

    private void move() {
        boolean something = sent.size() > 0 || (ended && !endArrived);
        if (moving || lost || broken || !something || (sent.size() > 0 && arrived.size() >= capacity)) {
            return;
        }
        moving = true;
        long wait = Math.max(world.some(delay), stalledUntil - world.now());
        world.after(wait, this::moved);
    }

    private void moved() {
        moving = false;
        if (lost || broken) {
            return;
        }
        if (stalledUntil > world.now()) {
            move();
            return;
        }
        int most = Math.min(Math.min(sent.size(), capacity - arrived.size()), pieces);
        if (most > 0) {
            arrived.add(sent.take(1 + world.random.nextInt(most)));
            writable.run();
        }
        if (ended && sent.size() == 0) {
            endArrived = true;
        }
        readable.run();
        move();
    }

    boolean hasInput() {
        return arrived.size() > 0 || endArrived;
    }

    boolean hasUnread() {
        return arrived.size() > 0;
    }

    /** Some of the bytes that are there; none at the end. */
    byte[] read() {
        if (arrived.size() == 0) {
            return new byte[0];
        }
        byte[] bytes = arrived.take(world.chance(1, 3) ? 1 + world.random.nextInt(arrived.size()) : arrived.size());
        move();
        return bytes;
    }

    /** Nothing more is written; what was, still arrives. */
    void end() {
        ended = true;
        move();
    }

    void lose() {
        lost = true;
    }

    void stall(long nanos) {
        stalledUntil = world.now() + nanos;
    }

    void breakOff() {
        broken = true;
        sent.clear();
    }

    boolean isBroken() {
        return broken;
    }

    /** Bytes, first in, first out. */
    private static final class Bytes {

        private byte[] held = new byte[0];

        int size() {
            return held.length;
        }

        void add(byte[] more) {
            int before = held.length;
            held = Arrays.copyOf(held, before + more.length);
            System.arraycopy(more, 0, held, before, more.length);
        }

        byte[] take(int count) {
            byte[] taken = Arrays.copyOf(held, count);
            held = Arrays.copyOfRange(held, count, held.length);
            return taken;
        }

        void clear() {
            held = new byte[0];
        }
    }
}
