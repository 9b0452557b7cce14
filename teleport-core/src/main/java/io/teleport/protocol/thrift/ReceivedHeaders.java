package io.teleport.protocol.thrift;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.message.FilterIds;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.WireText;
import io.teleport.protocol.ProtocolException;

/** The headers of one frame that mean something here. Of a repeated one the last counts, as in Go. */
final class ReceivedHeaders {

    private ByteBuf status = Unpooled.EMPTY_BUFFER;

    private ByteBuf metadata = Unpooled.EMPTY_BUFFER;

    private ByteBuf bodyCodec = Unpooled.EMPTY_BUFFER;

    private ByteBuf filters = Unpooled.EMPTY_BUFFER;

    void put(String key, ByteBuf value) {
        switch (key) {
            case HeaderBlock.STATUS -> status = value;
            case HeaderBlock.META -> metadata = value;
            case HeaderBlock.BODY_CODEC -> bodyCodec = value;
            case HeaderBlock.XFER_PIPE -> filters = value;
            default -> {
                // Of something that passes messages on, perhaps.
            }
        }
    }

    Status status() {
        return Status.parseQuery(status, status.readableBytes());
    }

    Metadata metadata() {
        return Metadata.parse(metadata, metadata.readableBytes());
    }

    /** One byte, or from 128 up the character of that number in UTF-8 as Go writes it; 0 if not given. */
    int bodyCodec() {
        int length = bodyCodec.readableBytes();
        if (length == 0) {
            return 0;
        }
        if (length == 1) {
            return bodyCodec.readUnsignedByte();
        }
        String text = WireText.decode(bodyCodec, length);
        if (text.length() != 1 || text.charAt(0) > 0xff) {
            throw new ProtocolException("thrift: body codec is " + length + " bytes that are no id from 0 to 255");
        }
        return text.charAt(0);
    }

    FilterIds filters() {
        int count = filters.readableBytes();
        if (count > FilterIds.MAX_FILTERS) {
            throw new ProtocolException(
                    "thrift: message names " + count + " transfer filters (at most " + FilterIds.MAX_FILTERS + ")");
        }
        return FilterIds.read(filters, count);
    }
}
