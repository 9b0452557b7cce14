package io.teleport.interop.cells;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the table for people: a part for each direction, then what the numbers in it mean. */
final class CellText {

    private static final String ABOUT = """
            # Interoperability with Go

            What the published Go implementation (`github.com/andeya/erpc/v7` v7.2.2, played by `interop/go-peer`) and this one do with each
            other, as the tests found it: one row for each protocol (or network) and body codec, one column for each set of transfer filters
            and kind of message. `call` is a call whose argument and result both sides decode, `error` a call answered with a status,
            `1 MiB` a call with a text of that size in argument and result.

            A number stands for something that Go cannot do; the list below the tables tells what comes of trying, which the tests
            check, too. The table of Go with itself shows that these limits are Go's. An empty cell is not tried. The last table has the
            plugins and dialing again, one column for each way in which peers of both kinds can be connected.

            This file is written by the tests. With Go on the PATH, in the root of the repository:

                mvn -pl interop -am verify -Dteleport.interop.required=true -Dteleport.interop.report=../docs/interop.md

            Without the last option the same tables are printed only.
            """;

    private final Map<Direction, Map<String, Map<String, String>>> results;

    private final List<String> limits = new ArrayList<>();

    CellText(Map<Direction, Map<String, Map<String, String>>> results) {
        this.results = results;
    }

    String plain() {
        StringBuilder text = new StringBuilder();
        results.forEach((direction, rows) -> {
            int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
            text.append("\nInterop by codec, ").append(direction).append('\n').append(" ".repeat(width));
            for (Filters filters : Filters.values()) {
                text.append("  ").append(pad(filters.toString(), 23));
            }
            text.append('\n').append(" ".repeat(width));
            forEachColumn((column, kind) ->
                    text.append(kind == Kind.CALL ? "  " : " ").append(pad(kind.toString(), 5)));
            rows.forEach((row, cells) -> {
                text.append('\n').append(pad(row, width));
                forEachColumn((column, kind) ->
                        text.append(kind == Kind.CALL ? "  " : " ").append(pad(mark(cells.get(column)), 5)));
            });
            text.append('\n');
        });
        for (int i = 0; i < limits.size(); i++) {
            text.append('[').append(i + 1).append("] ").append(limits.get(i)).append('\n');
        }
        return text.toString().replaceAll(" +\n", "\n");
    }

    String markdown() {
        StringBuilder text = new StringBuilder(ABOUT);
        results.forEach((direction, rows) -> {
            text.append("\n## ")
                    .append(direction.toString().replace("->", "to"))
                    .append("\n\n| |");
            forEachColumn((column, kind) -> text.append(
                            kind == Kind.CALL ? " " + Filters.valueOf(column.split("/", 2)[0]) + ": " : " ")
                    .append(kind)
                    .append(" |"));
            text.append("\n|---|").append("---|".repeat(Filters.values().length * Kind.values().length));
            rows.forEach((row, cells) -> {
                text.append("\n| ").append(row).append(" |");
                forEachColumn((column, kind) ->
                        text.append(' ').append(mark(cells.get(column))).append(" |"));
            });
            text.append('\n');
        });
        if (!limits.isEmpty()) {
            text.append("\n## What Go cannot do\n\n");
        }
        for (int i = 0; i < limits.size(); i++) {
            text.append("* \\[")
                    .append(i + 1)
                    .append("] `")
                    .append(limits.get(i))
                    .append("`\n");
        }
        return text.toString();
    }

    private interface ColumnUse {
        void use(String column, Kind kind);
    }

    private static void forEachColumn(ColumnUse use) {
        for (Filters filters : Filters.values()) {
            for (Kind kind : Kind.values()) {
                use.use(CellTable.column(filters, kind), kind);
            }
        }
    }

    private String mark(@org.jspecify.annotations.Nullable String verdict) {
        if (verdict == null) {
            return "";
        }
        if (verdict.equals(GoLimits.OK) || verdict.equals(CellReporter.FAILED)) {
            return verdict;
        }
        if (!limits.contains(verdict)) {
            limits.add(verdict);
        }
        return "[" + (limits.indexOf(verdict) + 1) + "]";
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
