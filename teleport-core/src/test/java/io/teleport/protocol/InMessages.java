package io.teleport.protocol;

/** A protocol as it is on transports that keep messages apart. */
public record InMessages(Protocol protocol) implements Protocol {

    @Override
    public String name() {
        return "ws-" + protocol.name();
    }

    @Override
    public FrameCodec newFrameCodec(ProtocolContext context) {
        return protocol.newMessageCodec(context);
    }
}
