package io.teleport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/parity.md says is tested is tested: each test it names is there. */
class ParityDocumentTests {

    private static final Path ROOT = Path.of("..");

    private static final Pattern NAMED = Pattern.compile("\\b([A-Z]\\w+)\\.([a-z]\\w+)\\b");

    private static final Pattern ROW = Pattern.compile("^\\| (?!statement|-)(.+) \\| (.+) \\| (.+) \\|$");

    @Test
    void eachTestItNamesIsThere() throws IOException {
        Map<String, String> sources = testSources();
        List<String> missing = new ArrayList<>();
        int rows = 0;
        for (String line : Files.readAllLines(ROOT.resolve("docs/parity.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows++;
                Matcher test = NAMED.matcher(row.group(2));
                boolean any = false;
                while (test.find()) {
                    any = true;
                    String source = sources.getOrDefault(test.group(1), "");
                    if (!source.contains(" " + test.group(2) + "(")) {
                        missing.add(test.group());
                    }
                }
                if (!any) {
                    missing.add("a test for: " + row.group(1));
                }
                if (!row.group(3).startsWith("as Go") && !row.group(3).startsWith("better")) {
                    missing.add("'as Go' or 'better' for: " + row.group(1));
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(rows).isGreaterThan(100);
    }

    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> files = Files.walk(ROOT, 12)) {
            files.filter(file -> file.toString().contains("src/test/java")
                            && file.toString().endsWith(".java"))
                    .forEach(file -> sources.merge(
                            file.getFileName().toString().replace(".java", ""), read(file), String::concat));
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
