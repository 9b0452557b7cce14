package io.teleport.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.teleport.filter.TransferFilters;
import io.teleport.filter.gzip.GzipFilter;
import io.teleport.filter.md5.Md5Filter;
import io.teleport.message.Message;
import io.teleport.protocol.EncodeException;
import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.ProtocolException;
import io.teleport.protocol.http.HttpProtocol;
import io.teleport.protocol.thrift.ThriftStructProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Feeds bytes to the frame decoder of a protocol. Whatever they are, it ends in messages, in waiting for more, or in a {@link ProtocolException}; with
 * the same outcome if the bytes come in two parts; every message that can be written again is read again as it was; memory stays in bounds and is
 * given back.
 */
final class FrameTarget {

    private static final int MESSAGE_LIMIT = 64 * 1024;

    /** The received bytes, the steps of a filter pipe and the message, each with room to grow. */
    private static final long MEMORY_LIMIT = 16L * MESSAGE_LIMIT;

    private static final TransferFilters FILTERS = TransferFilters.of(List.of(new GzipFilter('g'), new Md5Filter('m')));

    private final Protocol protocol;

    private final boolean wholeMessages;

    private final boolean accepted;

    private final FrameSize size;

    private final boolean faithful;

    private FrameTarget(Protocol protocol, boolean wholeMessages, boolean accepted, FrameSize size, boolean faithful) {
        this.protocol = protocol;
        this.wholeMessages = wholeMessages;
        this.accepted = accepted;
        this.size = size;
        this.faithful = faithful;
    }

    /** Frames that begin with their size in four bytes. */
    static FrameTarget sized(Protocol protocol, FrameSize size) {
        return new FrameTarget(protocol, false, true, size, true);
    }

    /** HTTP on one side of a connection. What is written again has more headers than what was read. */
    static FrameTarget http(boolean accepted) {
        return new FrameTarget(new HttpProtocol(), false, accepted, FrameSize.NONE, false);
    }

    /** Messages that the transport keeps apart. */
    static FrameTarget messages(Protocol protocol) {
        return new FrameTarget(protocol, true, true, FrameSize.NONE, true);
    }

    Stream<byte[]> seeds(Stream<byte[]> frames) {
        return frames.map(size::toInput);
    }

    void run(byte[] fuzzed) {
        byte[] input = size.toFrame(fuzzed);
        Outcome whole = decode(input, input.length);
        if (!wholeMessages && input.length > 1) {
            // Where they are parted depends on them, so that the fuzzer can move it.
            int part = 1 + (input[input.length / 2] & 0xff) % (input.length - 1);
            assertThat(decode(input, part)).as("outcome of two parts").isEqualTo(whole);
        }
    }

    private Outcome decode(byte[] input, int firstPart) {
        CountingAllocator allocator = new CountingAllocator(MEMORY_LIMIT + 4L * input.length);
        FrameCodec codec = newCodec(allocator);
        List<String> messages = new ArrayList<>();
        String refusal = null;
        ByteBuf in = allocator.buffer();
        try {
            in.writeBytes(input, 0, firstPart);
            decodeAll(codec, in, allocator, messages);
            if (firstPart < input.length) {
                in.writeBytes(input, firstPart, input.length - firstPart);
                decodeAll(codec, in, allocator, messages);
            }
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).as("text of the refusal").isNotBlank();
            refusal = e.getClass().getSimpleName();
        } finally {
            in.release();
        }
        assertThat(allocator.held()).as("bytes not given back").isZero();
        return new Outcome(messages, refusal);
    }

    private FrameCodec newCodec(CountingAllocator allocator) {
        ProtocolContext context = new ProtocolContext(accepted, MESSAGE_LIMIT, FILTERS, allocator);
        return wholeMessages ? protocol.newMessageCodec(context) : protocol.newFrameCodec(context);
    }

    private void decodeAll(FrameCodec codec, ByteBuf in, CountingAllocator allocator, List<String> messages) {
        while (in.isReadable()) {
            Message message = codec.decode(in);
            if (message == null) {
                return;
            }
            try {
                String text = text(message);
                messages.add(text);
                if (faithful && !isNoStruct(message)) {
                    rewrite(message, text, allocator);
                }
            } finally {
                message.release();
            }
            if (wholeMessages) {
                return;
            }
        }
    }

    /** A reply that Go broke off is read as one without body, which is written as a struct without fields. */
    private boolean isNoStruct(Message message) {
        return protocol instanceof ThriftStructProtocol && !message.body().isReadable();
    }

    private void rewrite(Message message, String text, CountingAllocator allocator) {
        ByteBuf again = allocator.buffer();
        try {
            newCodec(allocator)
                    .encode(
                            message.header(),
                            out -> out.writeBytes(message.body().duplicate()),
                            again);
            Message read = newCodec(allocator).decode(again);
            assertThat(read).as("what was written of %s", text).isNotNull();
            try {
                assertThat(text(read)).isEqualTo(text);
            } finally {
                read.release();
            }
        } catch (EncodeException e) {
            // Go's readers take more than can be written.
            assertThat(e.getMessage()).isNotBlank();
        } finally {
            again.release();
        }
    }

    /** Reads also what is parsed late: metadata and status must not fail then. */
    private static String text(Message message) {
        return message.header().toString()
                + message.header().metadata().entries()
                + message.header().status().toJson()
                + ByteBufUtil.hexDump(message.body());
    }

    private record Outcome(List<String> messages, @Nullable String refusal) {}
}
