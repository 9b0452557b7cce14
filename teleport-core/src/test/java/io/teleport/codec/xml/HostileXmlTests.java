package io.teleport.codec.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.teleport.codec.CodecException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileXmlTests {

    static final class Text {
        public String b;
    }

    record Tree(String name, Tree child) {}

    private final XmlBodyCodec codec = new XmlBodyCodec();

    private Object decode(String document, Type type) {
        return codec.decode(Unpooled.copiedBuffer(document, StandardCharsets.UTF_8), type);
    }

    private void assertRefused(String document, Type type) {
        assertThatThrownBy(() -> decode(document, type))
                .isInstanceOf(CodecException.class)
                .hasMessageStartingWith("xml: ")
                .hasMessageNotContaining("SECRET")
                .hasMessageNotContaining("jackson")
                .hasMessageNotContaining("Exception")
                .extracting(e -> e.getMessage().length())
                .satisfies(length -> assertThat((int) length).isLessThan(300));
    }

    @Test
    void aFileNamedByAnEntityIsNotRead(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "SECRET");

        assertRefused("<!DOCTYPE r [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]><r><b>&x;</b></r>", Text.class);
    }

    @Test
    void aDtdNamedByTheDocumentIsNotRead(@TempDir Path folder) throws Exception {
        Path dtd = Files.writeString(folder.resolve("evil.dtd"), "<!ENTITY x \"SECRET\">");

        assertRefused("<!DOCTYPE r SYSTEM \"" + dtd.toUri() + "\"><r><b>&x;</b></r>", Text.class);
    }

    @Test
    void entitiesThatMultiplyAreRefused() {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE lolz [<!ENTITY lol0 \"lol\">");
        for (int i = 1; i < 10; i++) {
            String ten = ("&lol" + (i - 1) + ";").repeat(10);
            laughs.append("<!ENTITY lol").append(i).append(" \"").append(ten).append("\">");
        }

        assertRefused(laughs + "]><r><b>&lol9;</b></r>", Text.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE r [<!ENTITY x \"y\">]><r b=\"&x;\"/>",
                "<!DOCTYPE r [<!ENTITY x \"y\">]><r><b>&x;</b></r>",
                "<!DOCTYPE r [<!ENTITY % p \"<!ENTITY x 'y'>\"> %p;]><r><b>&x;</b></r>",
                "<r><b>&nope;</b></r>"
            })
    void anEntityOfTheDocumentsOwnIsRefused(String document) {
        assertRefused(document, Text.class);
    }

    @Test
    void whatADtdSaysIsIgnored() {
        assertThat(decode("<!DOCTYPE r [<!ATTLIST r b CDATA \"default\">]><r/>", Text.class))
                .isInstanceOfSatisfying(Text.class, read -> assertThat(read.b).isNull());
    }

    @ParameterizedTest
    @ValueSource(ints = {110, 10_000})
    void nestingIsLimited(int depth) {
        for (String element : List.of("child", "unknown")) {
            String open = "<r>" + ('<' + element + '>').repeat(depth);
            String closed = open + ("</" + element + '>').repeat(depth) + "</r>";

            for (Class<?> type : List.of(Tree.class, Object.class, Text.class)) {
                assertRefused(open, type);
                assertRefused(closed, type);
            }
        }
    }

    @Test
    void nestingBelowTheLimitIsRead() {
        String deep = "<child>".repeat(90) + "<name>leaf</name>" + "</child>".repeat(90);

        assertThat(decode("<r>" + deep + "</r>", Tree.class)).isInstanceOf(Tree.class);
    }

    @Test
    void tenThousandAttributesAreRefused() {
        StringBuilder attributes = new StringBuilder("<r");
        for (int i = 0; i < 10_000; i++) {
            attributes.append(" a").append(i).append("=\"\"");
        }

        assertRefused(attributes + "/>", Text.class);
    }
}
