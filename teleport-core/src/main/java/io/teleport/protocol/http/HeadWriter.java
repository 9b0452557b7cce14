package io.teleport.protocol.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.teleport.message.WireText;
import io.teleport.protocol.EncodeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Collects the headers of a message, sorts them by name as Go does, and writes them with the body they tell the length of. */
final class HeadWriter {

    private static final String LENGTH = "Content-Length";

    private static final int MAX_DIGITS = 10;

    private record Field(String name, String value) {}

    private final List<Field> fields = new ArrayList<>();

    HeadWriter() {
        fields.add(new Field(LENGTH, ""));
    }

    void add(String name, String value) {
        fields.add(new Field(name, value));
    }

    /** Appends the whole message: the body first, to where it will be but for the few bytes by which its length was not known. */
    void write(String startLine, Consumer<ByteBuf> body, ByteBuf out) {
        fields.sort(Comparator.comparing(Field::name));
        int lengthAt = 0;
        StringBuilder text = new StringBuilder(startLine).append("\r\n");
        for (Field field : fields) {
            text.append(field.name()).append(": ").append(field.value());
            if (field.name().equals(LENGTH)) {
                lengthAt = text.length();
            }
            text.append("\r\n");
        }
        text.append("\r\n");
        String before = text.substring(0, lengthAt);
        String after = text.substring(lengthAt);
        int head = WireText.encodedLength(text) + MAX_DIGITS;
        if (head > HttpLimits.HEAD) {
            throw new EncodeException("http: headers of " + head + " bytes, limit " + HttpLimits.HEAD);
        }
        int start = out.writerIndex();
        out.writeZero(head);
        body.accept(out);
        int length = out.writerIndex() - start - head;
        out.writerIndex(start);
        WireText.encode(before, out);
        ByteBufUtil.writeAscii(out, Integer.toString(length));
        WireText.encode(after, out);
        int place = out.writerIndex();
        out.setBytes(place, out, start + head, length);
        out.writerIndex(place + length);
    }
}
