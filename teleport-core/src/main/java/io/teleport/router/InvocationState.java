package io.teleport.router;

/**
 * How far the handling of one CALL or PUSH is. Every move that is not in this table is refused:
 *
 * <pre>
 * from \ to    WAITING  RUNNING  ANSWERED
 * WAITING         -       yes      yes
 * RUNNING         -        -       yes
 * ANSWERED        -        -        -
 * </pre>
 */
enum InvocationState {
    /** Nothing was decoded yet. */
    WAITING,
    /** On a thread of its own, or waiting for the stage that the handler returned. */
    RUNNING,
    /** It has its outcome. Its handler may still run if that was a deadline; what it gives is dropped. Final. */
    ANSWERED;

    boolean mayBecome(InvocationState next) {
        return next.compareTo(this) > 0;
    }
}
