package io.teleport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/parity.md says is tested is tested: each test it names is there. */
class ParityDocumentTests {

    private static final Path ROOT = Path.of("..");

    private static final Pattern ROW = Pattern.compile("^\\| (?!statement|-)(.+) \\| (.+) \\| (.+) \\|$");

    @Test
    void eachTestItNamesIsThere() throws IOException {
        NamedTests tests = new NamedTests(ROOT);
        List<String> missing = new ArrayList<>();
        int rows = 0;
        for (String line : Files.readAllLines(ROOT.resolve("docs/parity.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows++;
                missing.addAll(tests.missingIn(row.group(2)));
                if (!NamedTests.anyIn(row.group(2))) {
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
}
