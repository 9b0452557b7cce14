package io.teleport.protocol.raw;

import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.ProtocolContext;

/**
 * Go Teleport's default protocol. All integers are big-endian:
 *
 * <pre>
 * 4   size of the whole frame, these 4 bytes included
 * 1   number n of transfer filters
 * n   filter ids, outermost first
 *     from here on transformed by the filters
 * 1   length of the sequence text
 * ..  sequence in base 36, lower case
 * 1   message type
 * 1   length of the service method
 * ..  service method
 * 2   length of the status text
 * ..  status, query form
 * 2   length of the metadata text
 * ..  metadata, query form
 * 1   body codec
 * ..  body, to the end of the frame
 * </pre>
 *
 * There is no version byte, although Go's own documents show one. Source: {@code raw.json}, {@code malformed-raw.json}.
 */
public final class RawProtocol implements Protocol {

    @Override
    public String name() {
        return "raw";
    }

    @Override
    public FrameCodec newFrameCodec(ProtocolContext context) {
        return new RawFrameCodec(context);
    }
}
