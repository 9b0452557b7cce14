package io.teleport.transport.unix;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The file of a socket that is about to be bound. */
final class SocketFile {

    private static final int TYPE_OF_FILE = 0xF000;

    private static final int SOCKET = 0xC000;

    private SocketFile() {}

    /**
     * Makes room: removes a socket on which nobody answers.
     *
     * @throws BindException if there is something else, which is left alone
     * @throws IOException if the file cannot be looked at or removed
     */
    static void makeRoom(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if ((mode & TYPE_OF_FILE) != SOCKET) {
            throw new BindException("there is a file at " + path + " that is no socket; it is left alone");
        }
        if (someoneAnswers(path)) {
            throw new BindException("address already in use: someone answers at " + path);
        }
        Files.delete(path);
    }

    private static boolean someoneAnswers(Path path) throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            // A listener that is too busy to take the connection now is there as well.
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }
}
