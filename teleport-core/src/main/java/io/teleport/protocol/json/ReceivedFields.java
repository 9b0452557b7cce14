package io.teleport.protocol.json;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.teleport.message.FilterIds;
import io.teleport.message.MessageHeader;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.WireText;
import io.teleport.protocol.ProtocolException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

/** What an object that was received holds, key by key. Owns the body until it is closed. Used once. */
final class ReceivedFields implements AutoCloseable {

    private final ByteBuf in;

    private final JsonReader json;

    private final boolean hasPipe;

    private final ByteBufAllocator allocator;

    private final Set<JsonField> seen = EnumSet.noneOf(JsonField.class);

    private int sequence;

    private int typeId;

    private String serviceMethod = "";

    private Status status = Status.OK;

    private Metadata metadata = Metadata.empty();

    private int bodyCodec;

    private ByteBuf body = Unpooled.EMPTY_BUFFER;

    private FilterIds pipe = FilterIds.none();

    /** @param hasPipe whether {@code xferPipe} is a key of this object, and stands behind the body where Go writes it */
    ReceivedFields(ByteBuf in, boolean hasPipe, ByteBufAllocator allocator) {
        this.in = in;
        this.json = new JsonReader(in, allocator);
        this.hasPipe = hasPipe;
        this.allocator = allocator;
    }

    void read() {
        json.expect('{');
        if (!json.take('}')) {
            do {
                String key = text("a key", ReceivedFields::decode);
                json.expect(':');
                value(key);
            } while (json.take(','));
            json.expect('}');
        }
        json.expectEnd();
    }

    private void value(String key) {
        JsonField field = JsonField.of(key);
        if (field == null || (field == JsonField.PIPE && !hasPipe)) {
            json.skip();
            return;
        }
        if (!seen.add(field)) {
            throw new ProtocolException("json: key '" + key + "' comes twice");
        }
        int goBody = field == JsonField.BODY ? GoBody.closingQuote(in, hasPipe) : GoBody.NONE;
        if (goBody != GoBody.NONE) {
            body = GoBody.read(in, goBody, allocator);
        } else if (!json.takeNull()) {
            take(field);
        }
    }

    private void take(JsonField field) {
        String key = field.key();
        switch (field) {
            case SEQUENCE -> sequence = json.number(key, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case TYPE -> typeId = json.number(key, 0, 255);
            case SERVICE_METHOD -> serviceMethod = text(key, ReceivedFields::decode);
            case STATUS -> status = text(key, query -> Status.parseQuery(query, query.readableBytes()));
            case METADATA -> metadata = text(key, query -> Metadata.parse(query, query.readableBytes()));
            case BODY_CODEC -> bodyCodec = json.number(key, 0, 255);
            case BODY -> body = json.isString() ? json.string(key) : jsonText();
            case PIPE -> pipe = filterIds(key);
        }
    }

    private static String decode(ByteBuf text) {
        return WireText.decode(text, text.readableBytes());
    }

    private <T> T text(String name, Function<ByteBuf, T> meaning) {
        ByteBuf text = json.string(name);
        try {
            return meaning.apply(text);
        } finally {
            text.release();
        }
    }

    /** As Go does, and what browsers find easiest to send. */
    private ByteBuf jsonText() {
        int from = in.readerIndex();
        json.skip();
        return in.retainedSlice(from, in.readerIndex() - from);
    }

    private FilterIds filterIds(String key) {
        FilterIds ids = FilterIds.none();
        json.expect('[');
        if (json.take(']')) {
            return ids;
        }
        do {
            if (ids.size() == FilterIds.MAX_FILTERS) {
                throw new ProtocolException(
                        "json: " + key + " names more than " + FilterIds.MAX_FILTERS + " transfer filters");
            }
            ids = ids.plus(json.number("a filter id of " + key, 0, 255));
        } while (json.take(','));
        json.expect(']');
        return ids;
    }

    MessageHeader header(FilterIds filters) {
        return new MessageHeader(sequence, typeId, serviceMethod, status, metadata, bodyCodec, filters);
    }

    /** Gives the filters that the object names itself. */
    FilterIds pipe() {
        return pipe;
    }

    /** Gives the body; it stays owned here. */
    ByteBuf body() {
        return body;
    }

    @Override
    public void close() {
        body.release();
    }
}
