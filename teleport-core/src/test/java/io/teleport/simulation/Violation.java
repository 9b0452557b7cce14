package io.teleport.simulation;

/** A guarantee did not hold. */
final class Violation extends AssertionError {

    private static final long serialVersionUID = 1L;

    Violation(String guarantee, String what) {
        super(guarantee + ": " + what);
    }
}
