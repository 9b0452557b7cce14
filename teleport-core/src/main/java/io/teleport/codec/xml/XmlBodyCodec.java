package io.teleport.codec.xml;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufOutputStream;
import io.teleport.codec.BodyCodec;
import io.teleport.codec.CodecException;
import io.teleport.codec.JacksonErrors;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.dataformat.xml.XmlMapper;

/**
 * XML by Jackson: beans, records and single values. The root is named after the class, for single values as Go names its types
 * ({@code string}, {@code int} for {@code Integer}, {@code int64}, {@code float64}, {@code bool}); any root is read. A list is a repeated
 * element, null is left out, and a {@code byte[]} in an object is text as in Go, refused where XML cannot carry it ({@code codec.json}).
 *
 * <p>With {@link #XmlBodyCodec()} a document may neither declare nor use entities of its own, what a DTD says is ignored, and nesting is limited to
 * {@value #MAX_DEPTH}. A mapper that the application brings is used as it is.
 */
public final class XmlBodyCodec implements BodyCodec {

    /** Nesting that the default mapper accepts. */
    public static final int MAX_DEPTH = 100;

    private static final Map<Class<?>, String> ROOTS_OF_SCALARS = Map.of(
            String.class, "string",
            Boolean.class, "bool",
            Byte.class, "int8",
            Short.class, "int16",
            Integer.class, "int",
            Long.class, "int64",
            Float.class, "float32",
            Double.class, "float64");

    private final XmlMapper mapper;

    public XmlBodyCodec() {
        this(DefaultXmlMapper.create());
    }

    public XmlBodyCodec(XmlMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public int id() {
        return 'x';
    }

    @Override
    public String name() {
        return "xml";
    }

    @Override
    public void encode(Object value, ByteBuf out) {
        refuseContainer(mapper.constructType(value.getClass()));
        String root = ROOTS_OF_SCALARS.get(value.getClass());
        ObjectWriter writer = root == null ? mapper.writer() : mapper.writer().withRootName(root);
        try {
            writer.writeValue((OutputStream) new ByteBufOutputStream(out), value);
        } catch (JacksonException e) {
            throw JacksonErrors.writing("xml", e);
        }
    }

    @Override
    public @Nullable Object decode(ByteBuf in, Type type) {
        JavaType target = mapper.constructType(type);
        refuseContainer(target);
        try {
            return mapper.readerFor(target).readValue((InputStream) new ByteBufInputStream(in));
        } catch (JacksonException e) {
            throw JacksonErrors.reading("xml", e);
        }
    }

    /** Go refuses maps, and sends a list as several roots of which any reader sees the first. */
    private static void refuseContainer(JavaType type) {
        if (type.isContainerType()) {
            throw new CodecException(
                    "xml: a map or a list is no document (expected an object, text, a number, a boolean or bytes)",
                    new IllegalArgumentException("No document: " + type.toCanonical()));
        }
    }

    /** As an element without content would give, where the type can be read from one. */
    @Override
    public @Nullable Object zero(Type type) {
        Object scalar = BodyCodec.super.zero(type);
        if (scalar != null || type == Object.class || mapper.constructType(type).isContainerType()) {
            return scalar;
        }
        try {
            return mapper.readerFor(mapper.constructType(type)).readValue("<zero/>");
        } catch (JacksonException e) {
            // A type that needs more than an empty element has no zero value; the handler is told so by null.
            return null;
        }
    }
}
