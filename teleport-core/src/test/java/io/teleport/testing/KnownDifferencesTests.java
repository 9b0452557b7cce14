package io.teleport.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;

class KnownDifferencesTests {

    @NeedsWireVectors
    @ParameterizedTest(name = "{0}")
    @MethodSource("listed")
    void everyListedCaseExists(String id) {
        String file = id.substring(0, id.indexOf('/'));

        assertThat(WireVectors.cases(file)).extracting(VectorCase::id).contains(id.replaceFirst("#.*", ""));
    }

    @Test
    void aListedCaseThatIsAsInGoFails() {
        VectorCase listed = vector("meta", "parse-percent-then-ff");

        assertThatThrownBy(() -> KnownDifferences.compare(listed, () -> {}))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("meta/parse-percent-then-ff is listed as a known difference");
    }

    @Test
    void anUnlistedCaseThatDiffersFails() {
        AssertionError difference = new AssertionError("differs");

        assertThatThrownBy(() -> KnownDifferences.compare(vector("meta", "not-listed"), () -> {
                    throw difference;
                }))
                .isSameAs(difference);
    }

    private static VectorCase vector(String file, String name) {
        return new VectorCase(file, name, JsonNodeFactory.instance.objectNode());
    }

    static Stream<String> listed() {
        return KnownDifferences.reasons().keySet().stream().sorted();
    }

    @Test
    void theDocumentListsThemAll() throws IOException {
        Map<String, List<String>> casesByReason = new TreeMap<>();
        KnownDifferences.reasons()
                .forEach((id, reason) -> casesByReason
                        .computeIfAbsent(reason, none -> new ArrayList<>())
                        .add("`" + id + "`"));
        StringBuilder table = new StringBuilder("| difference | cases |\n|---|---|\n");
        casesByReason.forEach((reason, cases) -> table.append("| ")
                .append(reason)
                .append(" | ")
                .append(String.join(", ", cases))
                .append(" |\n"));
        assertThat(Files.readString(Path.of("..", "docs", "wire-protocol.md"))).endsWith("\n" + table);
    }
}
