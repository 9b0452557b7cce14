package io.teleport.interop.peers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Go peer, built from source once in a test run. */
public final class GoBinary {

    /** Set to true where a missing Go must not go unnoticed. */
    public static final String REQUIRED = "teleport.interop.required";

    private static final int BUILD_MINUTES = 10;

    private static @Nullable Path built;

    private GoBinary() {}

    /** Whether it can be built, or must be: then a missing Go fails the tests. */
    public static boolean isThereOrMustBe() {
        return Boolean.getBoolean(REQUIRED) || compiler().isPresent();
    }

    static synchronized Path path() {
        Path present = built;
        if (present == null) {
            present = build(compiler()
                    .orElseThrow(() -> new IllegalStateException(
                            "go is not on the PATH, and -D" + REQUIRED + "=true asks for the tests that need it")));
            built = present;
        }
        return present;
    }

    private static Optional<Path> compiler() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> Stream.of(Path.of(folder, "go"), Path.of(folder, "go.exe")))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path build(Path go) {
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        Path binary = module.resolve("target").resolve("go-peer");
        ProcessBuilder builder = new ProcessBuilder(
                        go.toString(), "build", "-buildvcs=false", "-o", binary.toString(), ".")
                .directory(module.resolve("go-peer").toFile())
                .redirectErrorStream(true);
        builder.environment().put("GOFLAGS", "-mod=readonly");
        try {
            Process build = builder.start();
            build.getOutputStream().close();
            String output = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!build.waitFor(BUILD_MINUTES, TimeUnit.MINUTES) || build.exitValue() != 0) {
                build.destroyForcibly();
                throw new IllegalStateException("The Go peer could not be built:\n" + output);
            }
            return binary;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the Go peer was built", e);
        }
    }
}
