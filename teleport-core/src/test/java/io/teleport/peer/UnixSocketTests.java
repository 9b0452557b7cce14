package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.message.Status;
import io.teleport.session.Session;
import io.teleport.transport.InvalidAddressException;
import io.teleport.transport.IoKind;
import io.teleport.transport.unix.UnixTransport;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, addresses and ids of Unix sockets. */
@ParameterizedClass
@EnumSource(IoKind.class)
class UnixSocketTests extends PeerPair {

    @Parameter
    IoKind io;

    @TempDir
    Path directory;

    private Path socket;

    @BeforeEach
    void choosePath() {
        socket = directory.resolve("a.sock");
    }

    @Override
    String address() {
        return "unix://" + socket;
    }

    @Override
    PeerBuilder network(PeerBuilder options) {
        return options.register(new UnixTransport(io));
    }

    private void listen() {
        start(options -> options, options -> options);
    }

    private void assertServes(String address) {
        server.router().call("/echo", String.class, (context, text) -> text);
        assertThat(client.dial(address).call("/echo", "hello", String.class)).isEqualTo("hello");
    }

    /** What a crash leaves: the file stays, nobody listens. */
    private static void leaveSocket(Path path) throws IOException {
        try (ServerSocketChannel crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            crashed.bind(UnixDomainSocketAddress.of(path));
        }
        assertThat(path).exists();
    }

    @Test
    void theFileIsThereWhileThePeerListens() {
        listen();
        assertThat(socket).exists();
        assertThat(server.listening()).singleElement().hasToString(address());
        server.close();
        assertThat(socket).doesNotExist();
    }

    @Test
    void whatACrashLeftIsReplaced() throws IOException {
        leaveSocket(socket);
        listen();
        assertServes(address());
    }

    @Test
    void aSocketInUseIsLeftToItsOwner() {
        listen();
        Peer second = network(Peer.builder().listen(address())).build();
        assertThatThrownBy(second::start)
                .isInstanceOf(ListenException.class)
                .hasMessageContaining("cannot listen on " + address())
                .hasMessageContaining("address already in use: someone answers at " + socket);
        assertThat(socket).exists();
        assertServes(address());
    }

    @Test
    void aFileThatIsNoSocketIsLeftAlone() throws IOException {
        Files.writeString(socket, "precious");
        assertThatThrownBy(this::listen)
                .isInstanceOf(ListenException.class)
                .hasMessageContaining("there is a file at " + socket + " that is no socket; it is left alone");
        assertThat(socket).hasContent("precious");
    }

    @Test
    void aDirectoryIsLeftAlone() throws IOException {
        Files.createDirectory(socket);
        assertThatThrownBy(this::listen).isInstanceOf(ListenException.class).hasMessageContaining("is no socket");
        assertThat(socket).isDirectory();
    }

    private int longestPath() {
        return io == IoKind.EPOLL ? 107 : 106;
    }

    @Test
    void aPathThatIsTooLongIsRefused() {
        int most = longestPath();
        socket = directory.resolve("x".repeat(most - directory.toString().length()));
        assertThatThrownBy(this::listen)
                .isInstanceOf(InvalidAddressException.class)
                .hasMessageContaining("has a path of " + (most + 1) + " bytes (the operating system takes " + most);
        client = network(Peer.builder()).build();
        assertThatThrownBy(() -> client.dial(address())).isInstanceOf(InvalidAddressException.class);
    }

    @Test
    void theLongestPathWorks() {
        int most = longestPath();
        socket = directory.resolve("x".repeat(most - directory.toString().length() - 1));
        listen();
        assertServes(address());
    }

    @Test
    void aPathMayBeEscaped() {
        socket = directory.resolve("a b.sock");
        String escaped = "unix://" + directory + "/a%20b.sock";
        server = network(Peer.builder().listen(escaped)).build().start();
        client = network(Peer.builder()).build();
        assertThat(socket).exists();
        assertServes(escaped);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unix://host/a.sock",
                "unix:///",
                "unix:////a.sock",
                "unix:///a.sock?mode=777",
                "unix:///a.sock?bind=b.sock",
                "unix:///a%00b.sock"
            })
    void whatIsNoPathIsRefused(String address) {
        client = network(Peer.builder()).build();
        assertThatThrownBy(() -> client.dial(address))
                .isInstanceOf(InvalidAddressException.class)
                .hasMessageContaining("'" + address + "'");
    }

    @Test
    void whereNobodyListensDialingFails() {
        client = network(Peer.builder()).build();
        Status refused = refusal(() -> client.dial(address()));
        assertThat(refused.code()).isEqualTo(105);
        assertThat(refused.cause()).contains(socket.toString());
    }

    @Test
    void clientsWithoutAnAddressDoNotTakeEachOthersPlace() {
        listen();
        assertServes(address());
        Session second = client.dial(address());
        assertThat(second.call("/echo", "hello", String.class)).isEqualTo("hello");
        assertThat(server.sessions().count()).isEqualTo(2);
        assertThat(client.sessions().count()).isEqualTo(2);
    }

    @Test
    void aClientWithAFileHasThatForItsIdOnBothSides() throws Exception {
        Path own = directory.resolve("client.sock");
        leaveSocket(own);
        listen();
        session = client.dial(address() + "?bind=" + own);
        server.router()
                .call("/id", void.class, (context, nothing) -> context.session().id());
        assertThat(session.call("/id", null, String.class)).isEqualTo(own.toString());
        assertThat(session.id()).isEqualTo(own.toString());
        assertThat(session.remoteAddress()).isEqualTo(socket.toString());
        assertThat(own).exists();
        client.close();
        assertThat(own).doesNotExist();
    }

    @Test
    void aClientDoesNotTakeAFileThatIsNoSocket() throws IOException {
        Path own = Files.writeString(directory.resolve("client.sock"), "precious");
        listen();
        Status refused = refusal(() -> client.dial(address() + "?bind=" + own));
        assertThat(refused.code()).isEqualTo(105);
        assertThat(refused.cause()).contains("is no socket");
        assertThat(own).hasContent("precious");
    }

    @Test
    void aFileOfItsOwnIsForClientsOnly() {
        client = network(Peer.builder().listen(address() + "?bind=/b.sock")).build();
        assertThatThrownBy(client::start)
                .isInstanceOf(InvalidAddressException.class)
                .hasMessageContaining("for dialing");
    }

    @Test
    void serversAndClientsMeetWhateverDrivesThem() {
        server = Peer.builder().listen(address()).build().start();
        client = network(Peer.builder()).build();
        Session other = client.dial(address());
        server.router().call("/echo", String.class, (context, text) -> text);
        assertThat(other.call("/echo", "hello", String.class)).isEqualTo("hello");
    }
}
