package io.teleport.interop.cells;

import io.teleport.interop.bodies.BodyForm;
import io.teleport.interop.peers.Wire;

/** One thing to try over a wire. */
public record Cell(Wire wire, BodyForm<?> form, Filters filters, Kind kind) {

    /** Row of the table. */
    String row() {
        return wire.door() + " / " + form.codec();
    }

    @Override
    public String toString() {
        return form.codec() + ", " + filters + ": " + kind;
    }
}
