package io.teleport.interop;

import io.teleport.interop.cells.Direction;

class GoToGoCellsIT extends CellPairing {

    GoToGoCellsIT() {
        super(Direction.GO_TO_GO);
    }
}
