package io.teleport.protocol;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.teleport.filter.TransferFilters;
import io.teleport.filter.gzip.GzipFilter;
import io.teleport.filter.md5.Md5Filter;
import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a frame before its payload is looked at. What is right, the contract says on the protocols that use it. */
class SizedFrameCodecTests {

    private static final TransferFilters FILTERS = TransferFilters.of(List.of(new GzipFilter('g'), new Md5Filter('m')));

    private final FrameCodec codec = new SizedFrameCodec(
            "test", new ProtocolContext(true, 64, FILTERS, PooledByteBufAllocator.DEFAULT), new PayloadCodec() {
                @Override
                public Message read(ByteBuf payload, FilterIds filters, int size) {
                    throw new AssertionError("got as far as the payload");
                }

                @Override
                public void write(MessageHeader header, BodyWriter body, ByteBuf out) {
                    throw new AssertionError("writes nothing");
                }
            });

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    00000000         | frame announces 0 bytes
                    0000000000       | frame announces 0 bytes
                    0000003d         | frame of 65 bytes exceeds the message limit of 64
                    7fffffff00       | frame of 2147483651 bytes exceeds the message limit of 64
                    ffffffff00       | frame of 4294967299 bytes exceeds the message limit of 64
                    0000000101       | frame names 1 transfer filters but holds only 0 bytes after their number
                    00000003ff6d6d   | frame names 255 transfer filters but holds only 2 bytes after their number
                    00000003013f7b   | unsupported transfer filter id: 63
                    00000004016d7b7d | md5: check failed
                    0000000401677b7d | gzip: invalid header
                    """)
    void isRefusedWithWhatWasFound(String frame, String found) {
        ByteBuf in = PooledByteBufAllocator.DEFAULT
                .buffer()
                .writeBytes(HexFormat.of().parseHex(frame));
        try {
            assertThatThrownBy(() -> codec.decode(in))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageStartingWith("test: " + found);
        } finally {
            in.release();
        }
    }
}
