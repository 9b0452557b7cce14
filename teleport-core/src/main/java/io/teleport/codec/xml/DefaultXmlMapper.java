package io.teleport.codec.xml;

import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.stax.WstxOutputFactory;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.teleport.codec.TextScalars;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.XMLOutputFactory2;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.dataformat.xml.XmlFactory;
import tools.jackson.dataformat.xml.XmlMapper;

/** Jackson's XML set up to be harmless to read with and understood by Go. */
final class DefaultXmlMapper {

    private DefaultXmlMapper() {}

    static XmlMapper create() {
        XmlFactory factory = XmlFactory.builder()
                .xmlInputFactory(input())
                .xmlOutputFactory(output())
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(XmlBodyCodec.MAX_DEPTH)
                        .build())
                .build();
        return XmlMapper.builder(factory)
                .defaultUseWrapper(false)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
                .addHandler(new TextScalars())
                .addModule(new SimpleModule("go-xml")
                        .addSerializer(new XmlScalars.OfDouble())
                        .addSerializer(double.class, new XmlScalars.OfDouble())
                        .addSerializer(new XmlScalars.OfFloat())
                        .addSerializer(float.class, new XmlScalars.OfFloat())
                        .addSerializer(new XmlScalars.OfBytes())
                        .addDeserializer(byte[].class, new XmlScalars.ToBytes()))
                .build();
    }

    /** Named, not looked up: which parser the class path offers first must not decide what is safe. */
    private static XMLInputFactory input() {
        XMLInputFactory input = new WstxInputFactory();
        input.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        input.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // Lazy parsing reports errors by exceptions that Jackson does not expect.
        input.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        return input;
    }

    private static XMLOutputFactory output() {
        XMLOutputFactory output = new WstxOutputFactory();
        output.setProperty(XMLOutputFactory2.P_AUTOMATIC_EMPTY_ELEMENTS, false);
        output.setProperty(XMLOutputFactory2.P_TEXT_ESCAPER, new GoXmlEscapes());
        output.setProperty(XMLOutputFactory2.P_ATTR_VALUE_ESCAPER, new GoXmlEscapes());
        return output;
    }
}
