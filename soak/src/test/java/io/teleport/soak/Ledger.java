package io.teleport.soak;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * What one process sent and what became of it, and what it received of the other. All memory is taken at the beginning, so that the account of millions of
 * messages does not look like a leak. Thread-safe.
 */
@SuppressWarnings("EnumOrdinal") // both processes are built together, and a number is small
final class Ledger {

    /** A link that was alive when the ledger was closed. */
    private static final int ALIVE = 0;

    private static final int COMPLAINTS = 100;

    private final int capacity;

    private final int links;

    private final AtomicInteger lastId = new AtomicInteger();

    private final AtomicInteger lastLink = new AtomicInteger();

    /** By id of ours: 1 + the ordinal of the {@link Op} in the higher half, the ordinal of the {@link Outcome} in the lower one. */
    private final AtomicIntegerArray sent;

    /** By id of ours: the link that was in use when it was sent. */
    private final AtomicIntegerArray linkOf;

    /** By id of ours: the ordered push before. */
    private final AtomicIntegerArray previous;

    /** By id of ours: when it was sent, in milliseconds from the start. */
    private final AtomicIntegerArray sentAt;

    /** By id of the other side: how often it was handled. */
    private final AtomicIntegerArray received;

    /** By link: when it ended, in milliseconds from the start; negative for one of which nothing may get lost. */
    private final AtomicIntegerArray linkEnd;

    /** Each as the other side's id that should have come before, and the one that came instead. */
    private final Queue<int[]> gaps = new ConcurrentLinkedQueue<>();

    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    private final long startedNanos = System.nanoTime();

    private int pending;

    /** From then on the end of a link excuses nothing. */
    private volatile boolean settled;

    /**
     * @param capacity how many calls and pushes each side may send
     * @param links how many links there may be
     */
    Ledger(int capacity, int links) {
        this.capacity = capacity;
        this.links = links;
        sent = new AtomicIntegerArray(capacity + 1);
        linkOf = new AtomicIntegerArray(capacity + 1);
        previous = new AtomicIntegerArray(capacity + 1);
        sentAt = new AtomicIntegerArray(capacity + 1);
        received = new AtomicIntegerArray(capacity + 1);
        linkEnd = new AtomicIntegerArray(links + 1);
    }

    int millis() {
        return (int) ((System.nanoTime() - startedNanos) / 1_000_000) + 1;
    }

    // Links: a connection, or the time between two connections of a session.

    int newLink(boolean calm) {
        int link = lastLink.incrementAndGet();
        if (link > links) {
            throw new IllegalStateException("more than " + links + " links: the ledger is too small");
        }
        linkEnd.set(link, calm ? -1 : ALIVE);
        return link;
    }

    void linkEnded(int link) {
        if (!settled) {
            linkEnd.compareAndSet(link, ALIVE, millis());
        }
    }

    /** Faults are over: links that end from now on are closed in order, and must have brought everything across. */
    void settle() {
        settled = true;
    }

    boolean isCalm(int link) {
        return linkEnd.get(link) < 0;
    }

    boolean hasEnded(int link) {
        return linkEnd.get(link) > 0;
    }

    int endOf(int link) {
        return linkEnd.get(link);
    }

    int linkCount() {
        return lastLink.get();
    }

    // What is sent.

    int begin(Op op, int link, int previousId) {
        int id = lastId.incrementAndGet();
        if (id > capacity) {
            throw new IllegalStateException("more than " + capacity + " messages: the ledger is too small");
        }
        linkOf.set(id, link);
        previous.set(id, previousId);
        sentAt.set(id, millis());
        synchronized (this) {
            pending++;
        }
        sent.set(id, (op.ordinal() + 1) << 16);
        return id;
    }

    void end(int id, Outcome outcome) {
        int before = sent.getAndUpdate(id, state -> (state & 0xffff) == 0 ? state | outcome.ordinal() : state);
        if ((before & 0xffff) != 0) {
            complain(op(id) + " " + id + " has a second outcome: " + outcome + " after " + outcome(id));
            return;
        }
        synchronized (this) {
            pending--;
            if (pending == 0) {
                notifyAll();
            }
        }
    }

    /** Waits until everything has its outcome, or nothing can be hoped for; gives how many have none. */
    synchronized int awaitOutcomes(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (pending > 0) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return pending;
    }

    int count() {
        return Math.min(lastId.get(), capacity);
    }

    Op op(int id) {
        return Op.values()[(sent.get(id) >>> 16) - 1];
    }

    Outcome outcome(int id) {
        return Outcome.values()[sent.get(id) & 0xffff];
    }

    int linkOf(int id) {
        return linkOf.get(id);
    }

    int previous(int id) {
        return previous.get(id);
    }

    int sentAt(int id) {
        return sentAt.get(id);
    }

    // What is received.

    void received(int id) {
        if (id < 1 || id > capacity) {
            complain("received what nobody can have sent: " + id);
        } else {
            received.incrementAndGet(id);
        }
    }

    int timesReceived(int id) {
        return received.get(id);
    }

    /** Also for numbers that are too large. */
    boolean wasReceived(int id) {
        return id <= capacity && received.get(id) > 0;
    }

    void gap(int expected, int found) {
        gaps.add(new int[] {expected, found});
    }

    List<int[]> gaps() {
        return List.copyOf(gaps);
    }

    void complain(String complaint) {
        if (complaints.size() < COMPLAINTS) {
            complaints.add(complaint);
        }
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    // From one process to the other, at the end.

    void write(DataOutputStream out) throws IOException {
        out.writeInt(capacity);
        out.writeInt(links);
        out.writeInt(lastId.get());
        out.writeInt(lastLink.get());
        for (AtomicIntegerArray array : arrays()) {
            for (int i = 0; i < array.length(); i++) {
                out.writeInt(array.get(i));
            }
        }
        out.writeInt(gaps.size());
        for (int[] gap : gaps) {
            out.writeInt(gap[0]);
            out.writeInt(gap[1]);
        }
        out.writeInt(complaints.size());
        for (String complaint : complaints) {
            out.writeUTF(complaint);
        }
    }

    static Ledger read(DataInputStream in) throws IOException {
        Ledger ledger = new Ledger(in.readInt(), in.readInt());
        ledger.lastId.set(in.readInt());
        ledger.lastLink.set(in.readInt());
        for (AtomicIntegerArray array : ledger.arrays()) {
            for (int i = 0; i < array.length(); i++) {
                array.set(i, in.readInt());
            }
        }
        for (int left = in.readInt(); left > 0; left--) {
            ledger.gaps.add(new int[] {in.readInt(), in.readInt()});
        }
        for (int left = in.readInt(); left > 0; left--) {
            ledger.complaints.add(in.readUTF());
        }
        return ledger;
    }

    private List<AtomicIntegerArray> arrays() {
        return List.of(sent, linkOf, previous, sentAt, received, linkEnd);
    }
}
