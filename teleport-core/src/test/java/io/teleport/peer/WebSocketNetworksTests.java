package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.transport.InvalidAddressException;
import io.teleport.transport.Transport;
import io.teleport.transport.tcp.TcpTransport;
import io.teleport.transport.websocket.WebSocketOptions;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which networks of WebSocket a peer has. */
class WebSocketNetworksTests {

    /** Left out, since these take their functions from all class loaders when one of them is collected. */
    private static final String NATIVE = "netty-(transport-native|tcnative)-.*";

    private static List<String> schemes(PeerOptions options) {
        return options.transports().stream().map(Transport::scheme).toList();
    }

    @Test
    void theyAreThereByDefaultOnceEach() {
        assertThat(schemes(Peer.builder()
                        .webSocket(WebSocketOptions.defaults())
                        .register(new TcpTransport())
                        .options()))
                .containsOnlyOnce("ws", "wss");
        assertThat(schemes(Peer.builder().options().mutate().options())).containsOnlyOnce("ws", "wss");
    }

    @Test
    void theyLieOnTheNetworksThatArePresent() {
        List<Transport> alone = WebSocketNetworks.of(WebSocketOptions.defaults(), List.of(new TcpTransport()));
        assertThat(alone).extracting(Transport::scheme).containsExactly("ws");
        assertThat(alone.get(0).eventLoops()).isEqualTo(new TcpTransport().eventLoops());
    }

    /** In a class loader of its own, which sees the class path of this test without the library. */
    @Test
    void withoutTheLibraryTheyAreAbsentAndSayWhatToAdd() throws Exception {
        URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !new File(entry).getName().matches("netty-codec-http-.*|" + NATIVE))
                .map(WebSocketNetworksTests::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Object builder =
                    loader.loadClass(Peer.class.getName()).getMethod("builder").invoke(null);
            Class<?> type = builder.getClass();
            ((AutoCloseable) type.getMethod("build").invoke(builder)).close();
            type.getMethod("listen", String.class).invoke(builder, "ws://127.0.0.1:0");
            assertThatThrownBy(() -> type.getMethod("build").invoke(builder))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .matches(e -> e.getClass().getName().equals(InvalidAddressException.class.getName()))
                    .hasMessageStartingWith("Address 'ws://127.0.0.1:0' names network 'ws' (known: [tcp, ")
                    .hasMessageEndingWith("; ws needs io.netty:netty-codec-http on the class path)");
        }
    }

    private static URL url(String entry) {
        try {
            return new File(entry).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
