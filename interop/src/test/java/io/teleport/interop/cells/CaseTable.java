package io.teleport.interop.cells;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What became of cases (rows) in each way of connecting peers (columns). */
final class CaseTable {

    private final Map<String, Map<String, String>> rows = new TreeMap<>();

    private final Set<String> columns = new TreeSet<>();

    void put(String row, String column, String verdict) {
        columns.add(column);
        rows.computeIfAbsent(row, name -> new TreeMap<>()).merge(column, verdict, CaseTable::worse);
    }

    /** A case may be several tests. */
    private static String worse(String one, String other) {
        return one.equals(CellReporter.FAILED) ? one : other;
    }

    String plain() {
        if (rows.isEmpty()) {
            return "";
        }
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder("\nInterop of plugins and of dialing again\n").append(" ".repeat(width));
        columns.forEach(column -> text.append("  ").append(column));
        rows.forEach((row, verdicts) -> {
            text.append('\n').append(row).append(" ".repeat(width - row.length()));
            columns.forEach(column -> text.append(("  %-" + column.length() + "s").formatted(mark(verdicts, column))));
        });
        return text.append('\n').toString().replaceAll(" +\n", "\n");
    }

    String markdown() {
        if (rows.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n## Plugins, and dialing again\n\n| |");
        columns.forEach(column -> text.append(' ').append(column).append(" |"));
        text.append("\n|---|").append("---|".repeat(columns.size())).append('\n');
        rows.forEach((row, verdicts) -> {
            List<String> marks =
                    columns.stream().map(column -> mark(verdicts, column)).toList();
            text.append("| ")
                    .append(row.replace("|", "\\|"))
                    .append(" | ")
                    .append(String.join(" | ", marks))
                    .append(" |\n");
        });
        return text.toString();
    }

    private static String mark(Map<String, String> verdicts, String column) {
        return verdicts.getOrDefault(column, "");
    }
}
