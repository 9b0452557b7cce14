package io.teleport.protocol.json;

import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.MessageFilters;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.SizedFrameCodec;
import io.teleport.protocol.WholeMessageCodec;

/**
 * Go Teleport's {@code json} protocol: frames of {@link SizedFrameCodec}, each holding one object.
 *
 * <pre>{@code
 * {"seq":1,"mtype":1,"serviceMethod":"/math/add","status":"code=0","meta":"a=1&b=2","bodyCodec":106,"body":"[1,2]"}
 * }</pre>
 *
 * <p>Written in this order, without white space. Go escapes nothing in a body but quotes, and cannot read itself what has a backslash, or a quote and a
 * control character. We write Go's bytes wherever Go reads them; elsewhere the body is a JSON string, with a space in front to tell the two apart:
 * {@code "body": "C:\\dir"}. Go reads that right.
 *
 * <p>When reading, keys may come in any order, with white space, and unknown ones are skipped. A body right behind its colon at the very end is taken
 * as Go writes it (a backslash stands for itself unless a quote follows), any other string as JSON. A body that is no string is its own JSON text. A
 * key that is missing or null counts as zero or empty; one that comes twice is refused. Source: {@code json.json}.
 *
 * <p>On transports that keep messages apart it is the sub-protocol described at {@link JsonSubPayload}.
 */
public final class JsonProtocol implements Protocol {

    @Override
    public String name() {
        return "json";
    }

    @Override
    public FrameCodec newFrameCodec(ProtocolContext context) {
        return new SizedFrameCodec(name(), context, new JsonPayload(context.allocator()));
    }

    @Override
    public FrameCodec newMessageCodec(ProtocolContext context) {
        return new WholeMessageCodec(
                name(), context, new JsonSubPayload(context.allocator(), new MessageFilters(name(), context)));
    }
}
