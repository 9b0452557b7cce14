package io.teleport.interop;

import io.teleport.interop.cells.Direction;

class JavaToGoCellsIT extends CellPairing {

    JavaToGoCellsIT() {
        super(Direction.JAVA_TO_GO);
    }
}
