package io.teleport.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import io.teleport.hostile.HostileClient.Answer;
import io.teleport.message.StatusCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Documents with entities, over every protocol that carries XML; each kind of them is refused in HostileXmlTests. */
class XmlEntityTests {

    public static final class Text {
        public String b = "";
    }

    private static String laughs() {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE r [<!ENTITY lol0 \"lol\">");
        for (int i = 1; i < 10; i++) {
            String ten = ("&lol" + (i - 1) + ";").repeat(10);
            laughs.append("<!ENTITY lol").append(i).append(" \"").append(ten).append("\">");
        }
        return laughs + "]><r><b>&lol9;</b></r>";
    }

    private static String external(String kind, String uri) {
        return "<!DOCTYPE r [<!ENTITY " + kind + "x SYSTEM \"" + uri + "\">" + (kind.isEmpty() ? "" : "%x;")
                + "]><r><b>&x;</b></r>";
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "THRIFT_STRUCT")
    void nothingIsReadFetchedOrMultiplied(BodyWire wire, @TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "SECRET");
        try (HostileDoor door = new HostileDoor(wire);
                ServerSocketChannel asked = ServerSocketChannel.open();
                HostileClient client = door.attack()) {
            door.server().router().call("/text", Text.class, (context, text) -> text.b);
            asked.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            asked.configureBlocking(false);
            String elsewhere = "http://127.0.0.1:" + asked.socket().getLocalPort() + "/evil.dtd";
            for (String document : List.of(
                    external("", secret.toUri().toString()),
                    external("", elsewhere),
                    external("% ", elsewhere),
                    "<!DOCTYPE r SYSTEM \"" + elsewhere + "\"><r><b>&x;</b></r>",
                    laughs())) {
                client.send(wire.call("/text", 'x', HostileBodies.ascii(document)));
                Answer answer = client.answer();
                assertThat(answer.status().code()).as(document).isEqualTo(StatusCode.BAD_MESSAGE);
                assertThat(answer.toString()).doesNotContain("SECRET").hasSizeLessThan(400);
                HostileDoor.assertTellsNoSecrets(answer.toString());
            }
            assertThat(asked.accept()).as("a connection made by a document").isNull();
            client.send(wire.call("/text", 'x', HostileBodies.ascii("<r><b>plain</b></r>")));
            assertThat(client.answer().body()).contains("plain");
        }
    }
}
