package io.teleport.interop.cells;

/** What a cell does. */
public enum Kind {
    /** A call whose argument and result have to be decoded. */
    CALL("call"),
    /** A call that is answered with an error. */
    ERROR("error"),
    PUSH("push"),
    /** A call with a text of 1 MiB in argument and result. */
    BIG("1 MiB");

    private final String title;

    Kind(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
