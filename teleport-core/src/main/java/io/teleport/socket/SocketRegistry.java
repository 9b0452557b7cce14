package io.teleport.socket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The open sockets of a peer and the most recently closed ones. Thread-safe. A socket is in exactly one of the two from the moment its connection
 * is made, until newer closed ones push it out.
 */
public final class SocketRegistry {

    private final Map<String, GuardedSocket> open = new LinkedHashMap<>();

    private final Deque<SocketSnapshot> closed = new ArrayDeque<>();

    private final Map<CloseReason, Long> closedByReason = new EnumMap<>(CloseReason.class);

    private final int closedLimit;

    private long closedFramesIn;

    private long closedBytesIn;

    private long closedFramesOut;

    private long closedBytesOut;

    private long closedFramesDropped;

    /** @param closedLimit how many closed sockets are remembered; 0 or more */
    public SocketRegistry(int closedLimit) {
        this.closedLimit = closedLimit;
    }

    synchronized void opened(GuardedSocket socket) {
        open.put(socket.id(), socket);
    }

    synchronized void closed(GuardedSocket socket) {
        if (open.remove(socket.id()) == null) {
            return;
        }
        SocketSnapshot last = socket.snapshot();
        closedByReason.merge(socket.closeReason(), 1L, Long::sum);
        closedFramesIn += last.framesIn();
        closedBytesIn += last.bytesIn();
        closedFramesOut += last.framesOut();
        closedBytesOut += last.bytesOut();
        closedFramesDropped += last.framesDropped();
        closed.addFirst(last);
        if (closed.size() > closedLimit) {
            closed.removeLast();
        }
    }

    /** Snapshots of the open sockets, oldest first. */
    public List<SocketSnapshot> open() {
        return sockets().stream().map(GuardedSocket::snapshot).toList();
    }

    /** The open sockets themselves, oldest first. */
    public synchronized List<GuardedSocket> sockets() {
        return new ArrayList<>(open.values());
    }

    /** The remembered closed sockets, latest first. */
    public synchronized List<SocketSnapshot> closed() {
        return new ArrayList<>(closed);
    }

    /** The open socket with this id. */
    public synchronized Optional<GuardedSocket> get(String id) {
        return Optional.ofNullable(open.get(id));
    }

    /** A socket with this id, open or remembered. */
    public synchronized Optional<SocketSnapshot> find(String id) {
        GuardedSocket socket = open.get(id);
        return socket != null
                ? Optional.of(socket.snapshot())
                : closed.stream().filter(snapshot -> snapshot.id().equals(id)).findFirst();
    }

    /** How many sockets are open. */
    public synchronized int openCount() {
        return open.size();
    }

    /** Sums over every socket the peer ever had. */
    public synchronized SocketTotals totals() {
        long framesIn = closedFramesIn;
        long bytesIn = closedBytesIn;
        long framesOut = closedFramesOut;
        long bytesOut = closedBytesOut;
        long framesDropped = closedFramesDropped;
        for (GuardedSocket socket : open.values()) {
            SocketSnapshot now = socket.snapshot();
            framesIn += now.framesIn();
            bytesIn += now.bytesIn();
            framesOut += now.framesOut();
            bytesOut += now.bytesOut();
            framesDropped += now.framesDropped();
        }
        return new SocketTotals(open.size(), closedByReason, framesIn, bytesIn, framesOut, bytesOut, framesDropped);
    }
}
