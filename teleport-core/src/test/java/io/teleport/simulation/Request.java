package io.teleport.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call or push, and what became of it. */
final class Request {

    final int id;

    final String what;

    final boolean call;

    final boolean idempotent;

    /** Until when there must be an outcome. */
    final long deadline;

    /** Whether close had returned on its session before. */
    final boolean afterClose;

    /** Connections on which bytes of it were written. */
    final List<WireTap> wires = new ArrayList<>();

    int outcomes;

    int observed;

    int handled;

    @Nullable
    Integer code;

    Request(int id, String what, boolean call, boolean idempotent, long deadline, boolean afterClose) {
        this.id = id;
        this.what = what;
        this.call = call;
        this.idempotent = idempotent;
        this.deadline = deadline;
        this.afterClose = afterClose;
    }

    @Override
    public String toString() {
        return what + " " + id;
    }
}
