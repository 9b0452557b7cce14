package io.teleport.interop.matrix;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What became of each case (row) in each pairing (column). Thread-safe. */
public final class Matrix implements AutoCloseable {

    private final Map<String, Map<String, String>> rows = new TreeMap<>();

    private final Set<String> columns = new LinkedHashSet<>();

    private final Set<String> notes = new LinkedHashSet<>();

    Matrix() {}

    /** The one of this test run. */
    public static Matrix of(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Matrix.class))
                .computeIfAbsent(Matrix.class, type -> new Matrix(), Matrix.class);
    }

    synchronized void put(String row, String column, String result) {
        columns.add(column);
        rows.computeIfAbsent(row, name -> new TreeMap<>()).put(column, result);
    }

    /** Adds a line below the table; the same one only once. */
    public synchronized void note(String text) {
        notes.add(text);
    }

    /** The end of the run: JUnit closes what its root store holds. */
    @Override
    public void close() {
        System.out.println(this);
    }

    @Override
    public synchronized String toString() {
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder table = new StringBuilder("\nInterop matrix\n");
        table.append(pad("case", width));
        columns.forEach(column -> table.append("  ").append(column));
        rows.forEach((row, results) -> {
            table.append('\n').append(pad(row, width));
            columns.forEach(
                    column -> table.append("  ").append(pad(results.getOrDefault(column, "not run"), column.length())));
        });
        notes.forEach(note -> table.append('\n').append(note));
        return table.append('\n').toString().replaceAll(" +\n", "\n");
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
