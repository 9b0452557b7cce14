package io.teleport.interop.cells;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What became of each cell. Thread-safe. Printed when the run ends, and also kept in a file if a system property names one. */
final class CellTable implements AutoCloseable {

    /** Path of the file. */
    static final String REPORT = "teleport.interop.report";

    private final Map<Direction, Map<String, Map<String, String>>> results = new EnumMap<>(Direction.class);

    private final CaseTable cases = new CaseTable();

    /** The one of this test run. */
    static CellTable of(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(CellTable.class))
                .computeIfAbsent(CellTable.class, type -> new CellTable(), CellTable.class);
    }

    synchronized void put(Direction direction, Cell cell, String verdict) {
        results.computeIfAbsent(direction, none -> new LinkedHashMap<>())
                .computeIfAbsent(cell.row(), none -> new TreeMap<>())
                .put(column(cell.filters(), cell.kind()), verdict);
    }

    synchronized void putCase(String name, String column, String verdict) {
        cases.put(name, column, verdict);
    }

    static String column(Filters filters, Kind kind) {
        return filters.name() + "/" + kind.name();
    }

    /** The end of the run: JUnit closes what its root store holds. */
    @Override
    public synchronized void close() {
        System.out.println(new CellText(results).plain() + cases.plain());
        String file = System.getProperty(REPORT, "");
        if (!file.isEmpty()) {
            try {
                Files.writeString(Path.of(file), new CellText(results).markdown() + cases.markdown());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
