package io.teleport.simulation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.teleport.filter.TransferFilters;
import io.teleport.message.Message;
import io.teleport.message.MessageType;
import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.raw.RawProtocol;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads along what is written to one direction of a connection, from its first byte to its last: whole frames and nothing else (G3), replies only to calls
 * that came the other way on this very connection, one each (G2, G4), numbers never used twice.
 */
final class WireTap {

    private static final int LIMIT = 64 * 1024 * 1024;

    private static final Pattern ID = Pattern.compile("id=(\\d+)&from=");

    private final World world;

    private final String name;

    private final FrameCodec codec = new RawProtocol()
            .newFrameCodec(
                    new ProtocolContext(true, LIMIT, TransferFilters.of(List.of()), UnpooledByteBufAllocator.DEFAULT));

    private final Map<Integer, String> calls = new HashMap<>();

    private final WireTap other;

    private ByteBuf unread = Unpooled.EMPTY_BUFFER;

    private IntConsumer seen = id -> {};

    WireTap(World world, String name) {
        this.world = world;
        this.name = name;
        this.other = new WireTap(world, name + " back", this);
    }

    private WireTap(World world, String name, WireTap other) {
        this.world = world;
        this.name = name;
        this.other = other;
    }

    /** Of the other direction. */
    WireTap other() {
        return other;
    }

    /** Told of each call and push, by its id, when its first or last byte is on the wire. */
    void onRequest(IntConsumer listener) {
        seen = listener;
    }

    void written(byte[] bytes) {
        unread = Unpooled.wrappedBuffer(unread, Unpooled.wrappedBuffer(bytes));
        for (Message message = decode(); message != null; message = decode()) {
            frame(message);
            message.release();
        }
        // Copied, so that what was read is not kept.
        unread = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(unread));
    }

    private @Nullable Message decode() {
        try {
            return codec.decode(unread);
        } catch (RuntimeException e) {
            throw world.violation("G3", name + " does not carry whole frames: " + e);
        }
    }

    private void frame(Message message) {
        int sequence = message.header().sequence();
        MessageType type = message.header().type();
        String id = message.header().metadata().get("id");
        world.log("wire " + name + ": " + type + " " + sequence + " "
                + message.header().serviceMethod() + " id " + id);
        if (type == MessageType.REPLY) {
            String asked = other.calls.remove(sequence);
            if (asked == null) {
                throw world.violation("G2", name + " carries a reply " + sequence + " to no call that came on it");
            }
            if (id != null && !id.equals(asked)) {
                throw world.violation("G2", name + " carries the reply of " + id + " for " + asked);
            }
            return;
        }
        if (type == MessageType.CALL && calls.put(sequence, String.valueOf(id)) != null) {
            throw world.violation("G4", name + " carries two calls with number " + sequence);
        }
        if (id != null) {
            seen.accept(Integer.parseInt(id));
        }
    }

    /** Looks at what was written of a frame that was not finished. */
    void end() {
        Matcher partial = ID.matcher(unread.toString(StandardCharsets.ISO_8859_1));
        while (partial.find()) {
            seen.accept(Integer.parseInt(partial.group(1)));
        }
    }
}
