package io.teleport.simulation;

import io.teleport.message.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Every call and push of a schedule, and whether what became of it is what the guarantees allow. */
final class Ledger {

    /** Timers may be late by the slowness of threads, not more. */
    private static final long LATENESS = 1_500 * World.MILLIS;

    /** 0 success; 1 not open yet; 102 closed; 104 not sent; 408 timeout; 500 too many handlers; 503 shutting down; 1001 what a handler says. */
    private static final Set<Integer> OUTCOMES = Set.of(0, 1, 102, 104, 408, 500, 503, Routes.REFUSED);

    private final World world;

    private final List<Request> requests = new ArrayList<>();

    Ledger(World world) {
        this.world = world;
    }

    Request begin(String what, boolean call, boolean idempotent, long timeout, boolean afterClose) {
        Request request =
                new Request(requests.size(), what, call, idempotent, world.now() + timeout + LATENESS, afterClose);
        requests.add(request);
        world.log("begin " + request + (idempotent ? " idempotent" : "") + (afterClose ? " after close" : ""));
        return request;
    }

    void written(WireTap wire, int id) {
        Request request = requests.get(id);
        if (request.wires.contains(wire)) {
            throw world.violation("G6", request + " was written twice to one connection");
        }
        request.wires.add(wire);
        if (request.afterClose) {
            throw world.violation("G1", request + " was written though close had returned before it began");
        }
        if (request.wires.size() > 1 && !request.idempotent) {
            throw world.violation("G6", request + " was written to more than one connection: " + request.wires.size());
        }
    }

    void handled(int id, String where) {
        Request request = requests.get(id);
        request.handled++;
        world.log("handling " + request + " at " + where);
        if (request.handled > 1 && !request.idempotent) {
            throw world.violation("G6", request + " was handled " + request.handled + " times");
        }
    }

    void ended(Request request, Status status, String value, String expected) {
        request.outcomes++;
        request.code = status.code();
        world.log("end " + request + ": " + status.code() + " " + (status.isOk() ? value : status.causeOrMsg()));
        if (request.outcomes > 1) {
            throw world.violation("G4", request + " has " + request.outcomes + " outcomes");
        }
        if (status.isOk() && request.call && !value.equals(expected)) {
            throw world.violation("G4", request + " got the reply of another call: " + value);
        }
        if (status.isOk() && request.call && request.handled == 0) {
            throw world.violation("G4", request + " has succeeded and was not handled");
        }
        if (!OUTCOMES.contains(status.code())) {
            throw world.violation("G4", request + " has an outcome that was not to be expected: " + status);
        }
        if (request.afterClose && status.code() != 102 && status.code() != 503) {
            throw world.violation("G1", request + " began after close had returned and got " + status);
        }
        if (world.now() > request.deadline) {
            throw world.violation(
                    "G4",
                    request + " got its outcome too late, by " + (world.now() - request.deadline) / World.MILLIS
                            + " ms");
        }
    }

    void cancelled(Request request) {
        request.outcomes++;
        world.log("cancel " + request);
    }

    /** The peer's observer was told of an outcome. */
    void observed(int id, Status status) {
        Request request = requests.get(id);
        request.observed++;
        if (request.observed > 1) {
            throw world.violation("G4", request + " was observed to end " + request.observed + " times, now " + status);
        }
    }

    /** At the end of time. */
    void check() {
        for (Request request : requests) {
            if (request.outcomes != 1) {
                throw world.violation("G4", request + " has " + request.outcomes + " outcomes at the end of time");
            }
            if (request.call && request.observed != 1) {
                throw world.violation("G4", request + " was observed to end " + request.observed + " times");
            }
            if (request.handled > request.wires.size()) {
                throw world.violation("G6", request + " was handled more often than it was written");
            }
        }
    }

    List<Request> requests() {
        return requests;
    }
}
