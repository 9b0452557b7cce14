package io.teleport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/guarantees.md says is tested is tested: each test it names is there. */
class GuaranteesDocumentTests {

    private static final Path ROOT = Path.of("..");

    private static final Path DOCUMENT = ROOT.resolve("docs/guarantees.md");

    private static List<String> rows(String guarantee) throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| " + guarantee + " |"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8"})
    void eachTestOfAGuaranteeIsThere(String guarantee) throws IOException {
        NamedTests tests = new NamedTests(ROOT);

        assertThat(rows(guarantee)).isNotEmpty().allSatisfy(row -> {
            String named = row.substring(row.lastIndexOf(" | "));
            assertThat(named).containsPattern("`[A-Z]\\w+(Tests|IT|Contract)");
            assertThat(tests.missingIn(named)).isEmpty();
        });
    }

    @Test
    void thePagesBehindItAreThere() throws IOException {
        assertThat(Files.readString(DOCUMENT)).contains("(guarantees/faults.md)");
        try (var pages = Files.list(ROOT.resolve("docs/guarantees"))) {
            String document = Files.readString(DOCUMENT);
            assertThat(pages)
                    .isNotEmpty()
                    .allSatisfy(page -> assertThat(document).contains("(guarantees/" + page.getFileName() + ")"));
        }
    }
}
