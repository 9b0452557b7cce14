package io.teleport.socket;

import io.teleport.jcstress.HandLoop;

/** An open socket before a race, and what must be true of it after the end of every race. */
abstract class SocketRace {

    final HandLoop loop = new HandLoop();

    final SocketRegistry registry = new SocketRegistry(4);

    final HandSocket.Owner owner = new HandSocket.Owner();

    final HandSocket end;

    final GuardedSocket socket;

    SocketRace() {
        this(OutboundPolicy.REFUSE);
    }

    SocketRace(OutboundPolicy policy) {
        end = new HandSocket(loop, registry, SocketRole.DIALED, policy, opened -> {
            opened.attach(owner);
            opened.start();
        });
        socket = end.socket;
    }

    /** Lets everything come to its end, then names what was not tidied up; empty if everything was. */
    final String mess() {
        loop.run();
        StringBuilder mess = new StringBuilder();
        note(mess, owner.ends() == 1, owner.ends() + " ends");
        note(mess, socket.state() == SocketState.CLOSED, socket.state().name());
        note(mess, socket.closeFuture().toCompletableFuture().isDone(), "close never done");
        note(mess, end.channel.heldBytes() == 0, "buffers kept");
        note(mess, socket.snapshot().outboundBytes() == 0, "room kept");
        note(mess, registry.openCount() == 0, "still registered");
        note(mess, registry.closed().size() == 1, "closed entries");
        note(
                mess,
                registry.totals().closed().size() == 1
                        && registry.totals().closed().containsKey(CloseReason.valueOf(owner.reason()))
                        && registry.totals().closed().containsValue(1L),
                "counts of reasons");
        return mess.toString();
    }

    private static void note(StringBuilder mess, boolean fine, String what) {
        if (!fine) {
            mess.append(mess.isEmpty() ? "" : ", ").append(what);
        }
    }
}
