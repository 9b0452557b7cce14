package io.teleport.interop.peers;

import io.teleport.peer.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Unix domain sockets, in a directory that goes when the tests end: Go leaves its files behind. */
final class UnixNetwork implements Network {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** Where the paths are short, as those of sockets have to be. */
    private static final class Directory {

        static final Path PATH = make();

        private static Path make() {
            try {
                Path directory = Files.createTempDirectory("teleport");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
                return directory;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Path directory) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String newPath() {
        return Directory.PATH.resolve(NUMBERS.incrementAndGet() + ".sock").toString();
    }

    @Override
    public List<String> goFlags(boolean server) {
        return List.of("--network", "unix");
    }

    @Override
    public String goListen() {
        return newPath();
    }

    @Override
    public String javaListen() {
        return "unix://" + newPath();
    }

    @Override
    public String address(Peer server) {
        return server.listening().get(0).path();
    }

    @Override
    public String javaDial(String address) {
        return "unix://" + address;
    }
}
