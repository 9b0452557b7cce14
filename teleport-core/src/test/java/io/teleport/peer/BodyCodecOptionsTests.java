package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import io.teleport.codec.BodyCodec;
import io.teleport.message.Status;
import io.teleport.session.Session;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyCodecOptionsTests {

    record Point(int x, int y) {}

    private static Peer server(String address, String... accepted) {
        Peer server = Peer.builder()
                .name("server")
                .listen(address)
                .acceptedBodyCodecs(accepted)
                .build();
        server.router()
                .call("/point", Point.class, (context, point) -> new Point(point.y(), point.x()))
                .call("/text", StringValue.class, (context, text) -> StringValue.of(text.getValue() + "!"))
                .call("/bytes", byte[].class, (context, bytes) -> bytes);
        server.start();
        return server;
    }

    @Test
    void everyCodecWhoseLibraryIsThereIsRegistered() {
        assertThat(Peer.builder().options().bodyCodecs())
                .extracting(BodyCodec::name)
                .containsExactly("json", "plain", "form", "protobuf", "thrift", "xml");
    }

    @ParameterizedTest
    @CsvSource({"json", "form", "xml"})
    void objectsTravelInEveryCodecForThem(String codec) {
        try (Peer server = server("local://objects-" + codec);
                Peer client = Peer.client()) {
            Session session = client.dial(server.listening().get(0).toString());

            assertThat(session.request("/point")
                            .codec(codec)
                            .call(new Point(1, 2), Point.class)
                            .body())
                    .isEqualTo(new Point(2, 1));
        }
    }

    @Test
    void messagesTravelInProtobufAlsoWithoutFields() {
        try (Peer server = server("local://messages");
                Peer client = Peer.client()) {
            Session session = client.dial(server.listening().get(0).toString());

            assertThat(session.request("/text")
                            .codec("protobuf")
                            .call(StringValue.of(""), StringValue.class)
                            .body())
                    .isEqualTo(StringValue.of("!"));
            assertThat(session.request("/bytes")
                            .codec("protobuf")
                            .call(StringValue.of(""), StringValue.class)
                            .body())
                    .isEqualTo(StringValue.of(""));
        }
    }

    @Test
    void aCodecThatIsNotAcceptedIsAnsweredAsOneThatNobodyRegistered() {
        try (Peer server = server("local://not-accepted", "json", "protobuf");
                Peer client = Peer.client()) {
            Session session = client.dial(server.listening().get(0).toString());

            assertThat(session.request("/point")
                            .codec("xml")
                            .call(new Point(1, 2), Point.class)
                            .status())
                    .isEqualTo(Status.of(400, "Bad Message", "unsupported codec id: 120"));
            assertThat(session.request("/point")
                            .codec("json")
                            .call(new Point(1, 2), Point.class)
                            .body())
                    .isEqualTo(new Point(2, 1));
            assertThat(session.request("/bytes")
                            .codec("xml")
                            .call(new byte[] {1}, byte[].class)
                            .body())
                    .containsExactly(1);
        }
    }

    @Test
    void aPeerDoesNotSendInACodecItDoesNotAccept() {
        try (Peer server = server("local://own");
                Peer client = Peer.builder().acceptedBodyCodecs("json", "plain").build()) {
            Session session = client.dial(server.listening().get(0).toString());

            assertThatThrownBy(() -> session.request("/point").codec("xml"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("No body codec 'xml': it is not among the accepted body codecs (known: [json, plain])");
        }
    }

    @Test
    void theDefaultCodecHasToBeAccepted() {
        PeerBuilder builder = Peer.builder().acceptedBodyCodecs("plain");

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No body codec 'json': it is not among the accepted body codecs (known: [plain])");
    }

    @Test
    void anAcceptedCodecHasToBeThere() {
        PeerBuilder builder = Peer.builder().acceptedBodyCodecs("json", "jsno");

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Unknown body codec 'jsno' (known: [json, plain, form, protobuf, thrift, xml])");
    }

    @Test
    void theAcceptedCodecsAreKeptByMutate() {
        PeerOptions options = Peer.builder().acceptedBodyCodecs("json").options();

        assertThat(options.mutate().options().acceptedBodyCodecs()).containsExactly("json");
        assertThat(options.mutate().acceptedBodyCodecs().options().acceptedBodyCodecs())
                .isEmpty();
    }

    /** In a class loader of its own, which sees the class path of this test without the library. */
    @ParameterizedTest
    @CsvSource({
        "protobuf, protobuf-java-, com.google.protobuf:protobuf-java",
        "thrift, libthrift-, org.apache.thrift:libthrift",
        "xml, jackson-dataformat-xml-, tools.jackson.dataformat:jackson-dataformat-xml"
    })
    void withoutItsLibraryACodecIsAbsentAndSaysWhatToAdd(String codec, String jar, String dependency) throws Exception {
        URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !new File(entry).getName().startsWith(jar))
                // Native libraries take their functions from all class loaders when one of them is collected.
                .filter(entry -> !new File(entry).getName().matches("netty-(transport-native|tcnative)-.*"))
                .map(BodyCodecOptionsTests::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Class<?> peer = loader.loadClass(Peer.class.getName());
            Object builder = peer.getMethod("builder").invoke(null);
            Class<?> builderType = builder.getClass();
            Object options = builderType.getMethod("options").invoke(builder);
            List<?> codecs =
                    (List<?>) options.getClass().getMethod("bodyCodecs").invoke(options);

            assertThat(codecs).hasSize(5);
            AutoCloseable built = (AutoCloseable) builderType.getMethod("build").invoke(builder);
            built.close();
            builderType.getMethod("bodyCodec", String.class).invoke(builder, codec);
            assertThatThrownBy(() -> builderType.getMethod("build").invoke(builder))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("No body codec '" + codec + "': add " + dependency
                            + " to the class path (known: [json, plain, form");
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
