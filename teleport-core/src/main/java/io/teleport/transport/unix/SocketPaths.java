package io.teleport.transport.unix;

import io.teleport.transport.InvalidAddressException;
import io.teleport.transport.TransportAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files that an address names.
 *
 * @param listening of the side that listens
 * @param dialing of the side that dials, null if it has none
 */
record SocketPaths(Path listening, @Nullable Path dialing) {

    private static final String EXPECTED = " (expected something like unix:///run/app/a.sock)";

    private static final String BIND = "?bind=";

    /** @throws InvalidAddressException if it names none that a socket may have */
    static SocketPaths of(TransportAddress address, int longest) {
        if (!address.host().isEmpty() || address.port() >= 0) {
            throw new InvalidAddressException(address.toString(), "names a host" + EXPECTED);
        }
        String files = address.path();
        int query = files.indexOf('?');
        if (query < 0) {
            return new SocketPaths(path(address, files, longest), null);
        }
        if (!files.startsWith(BIND, query)) {
            throw new InvalidAddressException(
                    address.toString(), "has an unknown option '" + files.substring(query + 1) + "' (known: bind)");
        }
        return new SocketPaths(
                path(address, files.substring(0, query), longest),
                path(address, files.substring(query + BIND.length()), longest));
    }

    private static Path path(TransportAddress address, String escaped, int longest) {
        if (escaped.length() < 2 || !escaped.startsWith("/") || escaped.startsWith("//")) {
            throw new InvalidAddressException(address.toString(), "has no absolute path" + EXPECTED);
        }
        String path = URI.create("unix://" + escaped).getPath();
        int bytes = path.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > longest) {
            throw new InvalidAddressException(
                    address.toString(),
                    "has a path of " + bytes + " bytes (the operating system takes " + longest + " at the most)");
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new InvalidAddressException(address.toString(), "has an unusable path: " + e.getReason());
        }
    }

    Path forListening(TransportAddress address) {
        if (dialing != null) {
            throw new InvalidAddressException(
                    address.toString(), "has the option 'bind', which is for dialing" + EXPECTED);
        }
        return listening;
    }
}
