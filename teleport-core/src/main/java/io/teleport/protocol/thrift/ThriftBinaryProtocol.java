package io.teleport.protocol.thrift;

import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.MessageFilters;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.ProtocolContext;

/**
 * Go Teleport's {@code thrift-binary} protocol, a Thrift message in a THeader frame. Integers are big-endian, varints unsigned, low part first:
 *
 * <pre>
 * 4   length of all that follows
 * 2   0x0fff
 * 2   flags, 0
 * 4   sequence
 * 2   length of the header block in 4-byte words
 * ..  header block: varints 0 (binary), 0 (no transforms), 1 (key-value headers), number of headers; for each header a varint length, the key, a
 *     varint length, the value; zero bytes up to a whole word
 * 4   0x80010000 + message type: 1 CALL, 2 REPLY, 4 PUSH
 * 4   length of the service method
 * ..  service method
 * 4   sequence again
 * 4   length of the body
 * ..  body, transformed by the filters
 * </pre>
 *
 * The headers are {@code Tp-Status} and {@code Tp-Meta} in query form, {@code Tp-BodyCodec} and {@code Tp-XferPipe} (filter ids); others are skipped.
 *
 * <p>What differs from Go, and why ({@code thrift-binary.json}):
 *
 * <ul>
 *   <li>AUTH_CALL, AUTH_REPLY and unknown types cannot be sent: Go reads whatever stands for them as a PUSH. So reads this, too.
 *   <li>A codec id from 128 up is one byte. Go writes the character of that number, two bytes, and reads the first; both forms are read here.
 *   <li>More than 262,140 bytes of headers cannot be sent, nor a frame longer than the 16,384,000 bytes that Go reads.
 *   <li>Messages without THeader, in the compact protocol or with transforms are refused, although Go reads them. No Teleport peer writes them,
 *       and a reply to one without THeader has no place for a status.
 * </ul>
 */
public final class ThriftBinaryProtocol implements Protocol {

    @Override
    public String name() {
        return "thrift-binary";
    }

    @Override
    public FrameCodec newFrameCodec(ProtocolContext context) {
        return new ThriftFrameCodec(context, new BinaryBody(new MessageFilters("thrift", context)));
    }
}
