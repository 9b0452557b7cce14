package io.teleport;

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

/** Tests that a document names as {@code Class.method}, looked up in the sources of all modules. */
final class NamedTests {

    private static final Pattern NAMED = Pattern.compile("\\b([A-Z]\\w+)\\.([a-z]\\w+)\\b(?!\\()");

    private final Map<String, String> sources = new HashMap<>();

    NamedTests(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root, 12)) {
            files.filter(NamedTests::isTestSource)
                    .forEach(file -> sources.merge(
                            file.getFileName().toString().replace(".java", ""), read(file), String::concat));
        }
    }

    static boolean anyIn(String text) {
        return NAMED.matcher(text).find();
    }

    /** Those named in the text that are in no class of that name. */
    List<String> missingIn(String text) {
        List<String> missing = new ArrayList<>();
        Matcher test = NAMED.matcher(text);
        while (test.find()) {
            if (!sources.getOrDefault(test.group(1), "").contains(" " + test.group(2) + "(")) {
                missing.add(test.group());
            }
        }
        return missing;
    }

    private static boolean isTestSource(Path file) {
        String path = file.toString();
        return path.endsWith(".java") && (path.contains("src/test/java") || path.contains("jcstress"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
