package io.teleport.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However the network cuts the bytes, the same messages come out; and whatever the bytes, nothing is left behind. */
class FrameReaderTests {

    private final List<String> read = new ArrayList<>();

    private final FrameReader.Sink sink = new FrameReader.Sink() {
        @Override
        public void message(ByteBuf payload, boolean text) {
            read.add((text ? "text " : "binary ") + CloseCode.text(payload));
            payload.release();
        }

        @Override
        public void ping(ByteBuf payload) {
            read.add("ping " + CloseCode.text(payload));
        }

        @Override
        public void closed(int code, String text) {
            read.add("close " + code + " " + text);
        }

        @Override
        public boolean reads() {
            return read.isEmpty() || !read.get(read.size() - 1).startsWith("close");
        }
    };

    private static ByteBuf frames(boolean masked, Random random, List<String> expected) {
        ByteBuf bytes = Unpooled.buffer();
        for (int i = 0; i < 20; i++) {
            String text = "\u00e4".repeat(random.nextInt(1 << random.nextInt(10)));
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            int cut = random.nextInt(utf8.length + 1);
            boolean asText = random.nextBoolean();
            frame(false, asText ? FrameHeader.TEXT : FrameHeader.BINARY, utf8, 0, cut, masked, random, bytes);
            if (random.nextBoolean()) {
                frame(true, FrameHeader.PING, new byte[] {'a'}, 0, 1, masked, random, bytes);
                expected.add("ping a");
            }
            frame(true, FrameHeader.CONTINUATION, utf8, cut, utf8.length, masked, random, bytes);
            expected.add((asText ? "text " : "binary ") + text);
        }
        frame(true, FrameHeader.CLOSE, new byte[] {3, (byte) 0xe8, 'b'}, 0, 3, masked, random, bytes);
        expected.add("close 1000 b");
        return bytes;
    }

    private static void frame(
            boolean last, int opcode, byte[] bytes, int from, int to, boolean masked, Random random, ByteBuf out) {
        FrameHeader header = new FrameHeader(last, opcode, to - from, masked ? random.nextInt() : 0);
        header.write(masked, out);
        ByteBuf payload = Unpooled.copiedBuffer(bytes, from, to - from);
        header.unmask(payload);
        out.writeBytes(payload);
        payload.release();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsTheSameWhereverTheNetworkCuts(boolean masked) throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<String> expected = new ArrayList<>();
            ByteBuf bytes = frames(masked, random, expected);
            read.clear();
            FrameReader reader = new FrameReader(ByteBufAllocator.DEFAULT, masked, 1 << 20, sink);
            int most = 1 + random.nextInt(300);
            while (bytes.isReadable()) {
                reader.read(Unpooled.copiedBuffer(
                        bytes.readSlice(Math.min(bytes.readableBytes(), 1 + random.nextInt(most)))));
            }
            bytes.release();
            reader.end();
            assertThat(read).as("seed %d", seed).isEqualTo(expected);
        }
    }

    /** The paranoid leak detector of every test run is the judge of what is left. */
    @Test
    void whateverIsReadEndsInMessagesOrOneNamedViolation() {
        int violations = 0;
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            ByteBuf bytes = frames(true, random, new ArrayList<>());
            for (int i = 0; i <= random.nextInt(4); i++) {
                bytes.setByte(random.nextInt(bytes.readableBytes()), random.nextInt());
            }
            read.clear();
            FrameReader reader = new FrameReader(ByteBufAllocator.DEFAULT, true, 600, sink);
            try {
                while (bytes.isReadable() && sink.reads()) {
                    reader.read(Unpooled.copiedBuffer(
                            bytes.readSlice(Math.min(bytes.readableBytes(), 1 + random.nextInt(500)))));
                    assertThat(reader.waiting()).isBetween(0, 3_000);
                }
            } catch (FrameViolation e) {
                violations++;
                assertThat(e.code()).isIn(CloseCode.PROTOCOL_ERROR, CloseCode.NOT_UTF8, CloseCode.TOO_BIG);
                assertThat(e).hasMessageMatching("[ -~]{10,}");
            } finally {
                bytes.release();
                reader.end();
            }
        }
        assertThat(violations).isGreaterThan(100);
    }

    @Test
    void announcedBytesCostNothing() throws Exception {
        FrameReader reader = new FrameReader(ByteBufAllocator.DEFAULT, false, Integer.MAX_VALUE, sink);
        ByteBuf header = ByteBufAllocator.DEFAULT.buffer(65_536);
        new FrameHeader(true, FrameHeader.BINARY, Integer.MAX_VALUE, 0).write(false, header);
        reader.read(header.writeByte('x'));
        assertThat(header.refCnt()).as("references to the receive buffer").isZero();
        assertThat(reader.waiting()).isEqualTo(11);
        reader.end();
    }
}
