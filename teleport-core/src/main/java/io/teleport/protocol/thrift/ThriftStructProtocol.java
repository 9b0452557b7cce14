package io.teleport.protocol.thrift;

import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.ProtocolContext;

/**
 * Go Teleport's {@code thrift-struct} protocol: frames of {@link ThriftBinaryProtocol}, but that the body is a struct in Thrift's binary encoding, up
 * to its stop byte, and that there are only the headers {@code Tp-Status} and {@code Tp-Meta}.
 *
 * <p>Bodies are of the codec {@code thrift} (116), for which 0 stands as well; there are no transfer filters. A message without a body, such as an
 * error, carries the struct without fields, which Go reads. Go itself cannot send one: in its place comes a message that breaks off before the
 * struct, which as a REPLY is read as one of status 400, since whatever status Go meant is not in it. Source: {@code thrift-struct.json}.
 */
public final class ThriftStructProtocol implements Protocol {

    @Override
    public String name() {
        return "thrift-struct";
    }

    @Override
    public FrameCodec newFrameCodec(ProtocolContext context) {
        return new ThriftFrameCodec(context, new StructBody());
    }
}
