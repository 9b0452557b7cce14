package io.teleport.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.WireText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The wire vectors recorded from Go, which live beside the repository in {@code ../shared/wire-vectors}.
 *
 * <p>The system property {@code teleport.shared} names another shared folder. A checkout without the folder skips the
 * tests marked {@link NeedsWireVectors}, unless that property or the environment variable {@code CI=true} says that it
 * must be there.
 */
public final class WireVectors {

    private static final String SHARED_PROPERTY = "teleport.shared";
    private static final String VECTORS = "wire-vectors";
    private static final int HEAD_BYTES = 128;
    private static final JsonMapper JSON = new JsonMapper();

    private WireVectors() {}

    /** Reads every case of {@code <file>.json}; each is named by its {@code name}. */
    public static List<VectorCase> cases(String file) {
        return cases(file, json -> json.required("name").asString());
    }

    /** Reads every case of {@code <file>.json}, named as the function says. */
    public static List<VectorCase> cases(String file, Function<JsonNode, String> nameOf) {
        JsonNode all = JSON.readTree(folder().resolve(file + ".json"));
        List<VectorCase> cases = all.valueStream()
                .map(json -> new VectorCase(file, nameOf.apply(json), json))
                .toList();
        assertThat(cases).as("cases of %s", file).isNotEmpty();
        assertThat(cases)
                .as("names of the cases of %s", file)
                .extracting(VectorCase::name)
                .doesNotHaveDuplicates();
        return cases;
    }

    /** Gives bytes written as a hex string or as {@code {"repeat", "times"}}. */
    public static byte[] bytes(JsonNode value) {
        if (value.isString()) {
            return HexFormat.of().parseHex(value.asString());
        }
        byte[] pattern = HexFormat.of().parseHex(value.required("repeat").asString());
        int times = value.required("times").asInt();
        byte[] bytes = new byte[Math.multiplyExact(pattern.length, times)];
        for (int i = 0; i < times; i++) {
            System.arraycopy(pattern, 0, bytes, i * pattern.length, pattern.length);
        }
        return bytes;
    }

    /** Gives text written as a string, as {@code {"hex"}} or as {@code {"repeat", "times"}}, and null for a JSON null. */
    public static @Nullable String textOrNull(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isString()) {
            return value.asString();
        }
        byte[] bytes = bytes(value.has("hex") ? value.required("hex") : value);
        return WireText.decode(bytes, 0, bytes.length);
    }

    /** Gives text as {@link #textOrNull} does, where null is not expected. */
    public static String text(JsonNode value) {
        String text = textOrNull(value);
        assertThat(text).as("text in the vector").isNotNull();
        return text == null ? "" : text;
    }

    /** Compares bytes with any of the forms a vector may give them, {@code {"length", "sha256", "head"}} included. */
    public static void assertBytes(byte[] actual, JsonNode expected) {
        if (!expected.has("sha256")) {
            assertThat(actual).inHexadecimal().isEqualTo(bytes(expected));
            return;
        }
        byte[] head = Arrays.copyOf(actual, Math.min(actual.length, HEAD_BYTES));
        assertThat(HexFormat.of().formatHex(head))
                .as("head")
                .isEqualTo(expected.required("head").asString());
        assertThat(actual.length)
                .as("length")
                .isEqualTo(expected.required("length").asInt());
        assertThat(sha256(actual))
                .as("sha256")
                .isEqualTo(expected.required("sha256").asString());
    }

    /** Compares text with any of the forms a vector may give it, JSON null included. */
    public static void assertText(@Nullable String actual, JsonNode expected) {
        if (expected.has("sha256")) {
            assertThat(actual).isNotNull();
            assertBytes(actual == null ? new byte[0] : WireText.toBytes(actual), expected);
        } else {
            assertThat(actual).isEqualTo(textOrNull(expected));
        }
    }

    /** The condition of {@link NeedsWireVectors}. */
    static boolean areThereOrMustBe() {
        return System.getProperty(SHARED_PROPERTY) != null
                || "true".equals(System.getenv("CI"))
                || candidates().anyMatch(Files::isDirectory);
    }

    private static Path folder() {
        return candidates()
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no wire vectors in "
                        + candidates().map(Path::toAbsolutePath).toList()
                        + "; name their parent with -D" + SHARED_PROPERTY + "=…"));
    }

    private static Stream<Path> candidates() {
        String property = System.getProperty(SHARED_PROPERTY);
        // The working directory is the module's or the repository's.
        Stream<String> shared = property != null ? Stream.of(property) : Stream.of("../../shared", "../shared");
        return shared.map(folder -> Path.of(folder, VECTORS));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
