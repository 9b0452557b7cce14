package io.teleport.codec.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.codec.BodyCodec;
import io.teleport.codec.BodyCodecContract;
import io.teleport.codec.CodecException;
import io.teleport.codec.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.dataformat.xml.XmlMapper;
import tools.jackson.dataformat.xml.XmlWriteFeature;

class XmlBodyCodecTests extends BodyCodecContract {

    enum Colour {
        RED,
        GREEN
    }

    record Point(int x, double y) {}

    record Order(String id, List<Point> points, boolean paid, Colour colour) {}

    static final class Text {
        public String b;
    }

    static final class Bytes {
        public byte[] bytes;
    }

    static final class Counts {
        public Map<String, Integer> counts = Map.of();
    }

    static final class Self {
        public Self self;
    }

    @Override
    protected BodyCodec codec() {
        return new XmlBodyCodec();
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample("text <a href=\"x\">'&'</a> \t\r\n \u00e9\u4e16\ud83d\ude00 ]]>", String.class),
                new Sample(true, boolean.class),
                new Sample(-1, int.class),
                new Sample(Long.MIN_VALUE, Long.class),
                new Sample(0.1, double.class),
                new Sample(1e300, Double.class),
                new Sample(Float.NEGATIVE_INFINITY, float.class),
                new Sample(Double.NaN, double.class),
                new Sample(Colour.GREEN, Colour.class),
                new Sample(new Point(1, 2.5), Point.class),
                new Sample(new Point(0, Double.POSITIVE_INFINITY), Point.class),
                new Sample(new Order("", List.of(new Point(1, 2), new Point(3, 4)), true, Colour.RED), Order.class),
                new Sample(new Order("o\n\"'<", List.of(new Point(1, 2)), false, null), Order.class));
    }

    private String written(Object value) {
        return new String(encode(value), StandardCharsets.UTF_8);
    }

    @Test
    void theRootIsNamedAsGoNamesItsTypes() {
        assertThat(written("s")).isEqualTo("<string>s</string>");
        assertThat(written((byte) 1)).isEqualTo("<int8>1</int8>");
        assertThat(written((short) 1)).isEqualTo("<int16>1</int16>");
        assertThat(written(1)).isEqualTo("<int>1</int>");
        assertThat(written(1L)).isEqualTo("<int64>1</int64>");
        assertThat(written(1f)).isEqualTo("<float32>1</float32>");
        assertThat(written(1d)).isEqualTo("<float64>1</float64>");
        assertThat(written(false)).isEqualTo("<bool>false</bool>");
        assertThat(written(new Point(1, 2))).isEqualTo("<Point><x>1</x><y>2</y></Point>");
    }

    @Test
    void listsAreRepeatedElementsAndNullIsLeftOut() {
        assertThat(written(new Order("o", List.of(new Point(1, 2), new Point(3, 4)), true, null)))
                .isEqualTo("<Order><id>o</id><points><x>1</x><y>2</y></points><points><x>3</x><y>4</y></points>"
                        + "<paid>true</paid></Order>");
    }

    @ParameterizedTest
    @CsvSource({"1,true", "t,true", "TRUE,true", "0,false", "F,false"})
    void booleansAreReadInGosSpellings(String text, boolean value) {
        assertThat(decode("<bool>" + text + "</bool>", boolean.class)).isEqualTo(value);
    }

    @Test
    void declarationsCommentsAndCdataAreRead() {
        String document =
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- c --><?pi?><r><b><![CDATA[<&>]]>&#x41;&amp;</b>"
                        + "<unknown><deep/></unknown></r><!-- end -->\n";

        assertThat(decode(document, Text.class))
                .isInstanceOfSatisfying(Text.class, read -> assertThat(read.b).isEqualTo("<&>A&"));
    }

    @Test
    void bytesInAnObjectAreTextOrRefused() {
        Bytes value = new Bytes();
        value.bytes = "raw <\u00e9>".getBytes(StandardCharsets.UTF_8);

        assertThat(written(value)).isEqualTo("<Bytes><bytes>raw &lt;\u00e9&gt;</bytes></Bytes>");
        assertThat(decode(encode(value), Bytes.class))
                .usingRecursiveComparison()
                .isEqualTo(value);
        for (byte[] binary : new byte[][] {{0}, {(byte) 0xff}, {27, 'x'}}) {
            value.bytes = binary;
            assertThatThrownBy(() -> encode(value))
                    .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide)
                    .hasMessage("xml: value cannot be written in bytes");
        }
    }

    @Test
    void whatXmlCannotCarryBecomesTheReplacementCharacter() {
        assertThat(written("a\ud83d|\ude00|\u0000\u000b\uffff\ud83d"))
                .isEqualTo("<string>a\ufffd|\ufffd|\ufffd\ufffd\ufffd\ufffd</string>");
    }

    @Test
    void longTextComesBack() {
        String text = "\ud83d\ude00<\"&\n".repeat(20_000);

        assertThat(decode(encode(text), String.class)).isEqualTo(text);
    }

    @Test
    void aMapOrAListIsNoDocument() {
        for (Object value : List.of(List.of(1), Map.of("a", 1), new int[] {1})) {
            assertThatThrownBy(() -> encode(value))
                    .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide)
                    .hasMessageStartingWith("xml: a map or a list is no document");
        }
        assertThatThrownBy(() -> decode("<r/>", new TypeRef<List<String>>() {}.type()))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void aMapInAnObjectComesBack() {
        Counts counts = new Counts();
        counts.counts = Map.of("a", 1);

        assertThat(decode(encode(counts), Counts.class))
                .usingRecursiveComparison()
                .isEqualTo(counts);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <r><x>one</x></r> | xml: "one" is not valid here in x
            <r><x>1.5</x></r> | xml: "1.5" is not valid here in x
            <r><y>1,5</y></r> | xml: "1,5" is not valid here in y
            <r><x>1</y></r>   | xml: malformed
            <r>               | xml: malformed
            hello             | xml: malformed
            <r/><r/>          | xml: malformed
            """)
    void whatIsWrongIsSaidInTermsOfTheDocument(String document, String message) {
        assertThatThrownBy(() -> decode(document, Point.class))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide)
                .hasMessageStartingWith(message);
    }

    @Test
    void aValueThatContainsItselfIsRefused() {
        Self self = new Self();
        self.self = self;

        assertThatThrownBy(() -> encode(self))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide);
    }

    @Test
    void theZeroValueIsThatOfAnElementWithoutContent() {
        assertThat(codec().zero(int.class)).isEqualTo(0);
        assertThat(codec().zero(Point.class)).isEqualTo(new Point(0, 0));
        assertThat(codec().zero(Order.class)).isEqualTo(new Order(null, null, false, null));
        assertThat(codec().zero(Runnable.class)).isNull();
        assertThat(codec().zero(Map.class)).isNull();
        assertThat(codec().zero(Object.class)).isNull();
    }

    @Test
    void aMapperOfTheApplicationIsUsedAsItIs() {
        XmlBodyCodec codec = new XmlBodyCodec(XmlMapper.builder()
                .enable(XmlWriteFeature.WRITE_XML_DECLARATION)
                .build());
        ByteBuf out = Unpooled.buffer();
        codec.encode(new Point(1, 2), out);

        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("<?xml version=");
    }
}
