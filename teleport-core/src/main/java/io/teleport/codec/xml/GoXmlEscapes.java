package io.teleport.codec.xml;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UnsupportedEncodingException;
import java.io.Writer;
import org.codehaus.stax2.io.EscapingWriterFactory;

/** Makes the writers that escape text and attribute values as Go does. */
final class GoXmlEscapes implements EscapingWriterFactory {

    @Override
    public Writer createEscapingWriterFor(Writer target, String encoding) {
        return new GoXmlWriter(target);
    }

    @Override
    @SuppressWarnings("JdkObsolete") // names its encoding the way the interface does
    public Writer createEscapingWriterFor(OutputStream target, String encoding) throws UnsupportedEncodingException {
        return new GoXmlWriter(new OutputStreamWriter(target, encoding));
    }
}
