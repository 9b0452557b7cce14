package io.teleport.interop.matrix;

/** A test instance that knows which column of the table its results belong to. */
public interface Column {

    /** Heading of the column. */
    String column();
}
