package io.teleport.codec;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;

/** What went wrong, in terms of the document: Jackson's own messages name Java types, which are nobody's business at the other end. */
public final class JacksonErrors {

    private static final int SHOWN = 32;

    private JacksonErrors() {}

    /** The failure of reading a body. */
    public static CodecException reading(String codec, JacksonException e) {
        return new CodecException(codec + ": " + problem(e) + path(e) + location(e.getLocation()), e);
    }

    /** The failure of writing a body. */
    public static CodecException writing(String codec, JacksonException e) {
        return new CodecException(codec + ": value cannot be written" + path(e), e);
    }

    private static String problem(JacksonException e) {
        if (e instanceof StreamConstraintsException) {
            return "nested too deep or too long";
        }
        if (e instanceof InvalidFormatException format && format.getValue() instanceof String text) {
            return '"' + shortened(text) + "\" is not valid here";
        }
        return e instanceof DatabindException ? "value is not accepted" : "malformed";
    }

    /** Where in the document, as a program would write it: {@code  in items[2].price}. */
    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            String name = step.getPropertyName();
            if (name == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(shortened(name));
            }
            if (path.length() > 8 * SHOWN) {
                path.append('…');
                break;
            }
        }
        return path.isEmpty() ? "" : " in " + path;
    }

    private static String location(@Nullable TokenStreamLocation at) {
        return at == null || at.getLineNr() < 0 ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
