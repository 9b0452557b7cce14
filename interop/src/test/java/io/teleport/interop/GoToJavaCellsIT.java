package io.teleport.interop;

import io.teleport.interop.cells.Direction;

class GoToJavaCellsIT extends CellPairing {

    GoToJavaCellsIT() {
        super(Direction.GO_TO_JAVA);
    }
}
