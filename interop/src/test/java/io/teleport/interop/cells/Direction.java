package io.teleport.interop.cells;

/** Who calls and pushes, and who answers. */
public enum Direction {
    GO_TO_GO("Go -> Go"),
    GO_TO_JAVA("Go -> Java"),
    JAVA_TO_GO("Java -> Go");

    private final String title;

    Direction(String title) {
        this.title = title;
    }

    public boolean fromGo() {
        return this != JAVA_TO_GO;
    }

    public boolean toGo() {
        return this != GO_TO_JAVA;
    }

    @Override
    public String toString() {
        return title;
    }
}
