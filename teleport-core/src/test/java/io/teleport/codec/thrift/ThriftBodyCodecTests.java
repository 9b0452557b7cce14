package io.teleport.codec.thrift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.teleport.codec.Bodies;
import io.teleport.codec.BodyCodec;
import io.teleport.codec.BodyCodecContract;
import io.teleport.codec.BodyCodecs;
import io.teleport.codec.CodecException;
import io.teleport.testing.AllocatedBytes;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.apache.thrift.TBase;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThriftBodyCodecTests extends BodyCodecContract {

    private final Bodies bodies = new Bodies(BodyCodecs.of(List.of(new ThriftBodyCodec())));

    @Override
    protected BodyCodec codec() {
        return new ThriftBodyCodec();
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample(new Author("text \u00e9\u4e16\ud83d\ude00"), Author.class),
                new Sample(new Author(), Author.class),
                new Sample(
                        new Node(1)
                                .child(new Node(2).weight("a", 0.1).weight("b", -0.0))
                                .child(new Node(3).child(new Node(4).data((byte) 0, (byte) 0xff))),
                        Node.class));
    }

    private Object decodeHex(String hex, Class<?> type) {
        return decode(HexFormat.of().parseHex(hex), type);
    }

    /** Nodes in each other; each is two deep, but for the innermost's list. */
    private static Node nested(int nodes) {
        Node node = new Node(0);
        for (int i = 1; i < nodes; i++) {
            node = new Node(i).child(node);
        }
        return node;
    }

    @Test
    void nestingIsLimitedBothWays() {
        assertThat(decode(encode(nested(50)), Node.class)).isEqualTo(nested(50));
        Node tooDeep = nested(51);
        assertThatThrownBy(() -> encode(tooDeep))
                .isInstanceOf(CodecException.class)
                .hasMessage("thrift: struct is nested deeper than 100");
        Node inItself = new Node(1);
        inItself.child(inItself);
        assertThatThrownBy(() -> encode(inItself))
                .isInstanceOf(CodecException.class)
                .hasMessage("thrift: struct is nested deeper than 100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0c0001", "0f00010f00000001", "0d00010b0d0000000100000000"})
    void unknownFieldsTenThousandDeepAreRefused(String level) {
        assertThatThrownBy(() -> decodeHex(level.repeat(10_000), Author.class))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide);
    }

    @Test
    void structsTenThousandDeepAreRefused() {
        assertThatThrownBy(() -> decodeHex("0c0001".repeat(10_000), Author.class))
                .isInstanceOf(CodecException.class)
                .hasMessage("thrift: struct is nested deeper than 100");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0f00020c7fffffff         | thrift: struct ends inside a list, which takes at least 2147483647 bytes; 0 are left
                    0f00020a7fffffff00       | thrift: struct ends inside a list, which takes at least 17179869176 bytes; 1 are left
                    0e00020f7fffffff         | thrift: struct ends inside a list, which takes at least 10737418235 bytes; 0 are left
                    0d00030b047fffffff       | thrift: struct ends inside a map, which takes at least 25769803764 bytes; 0 are left
                    0d00030c0c4000000000     | thrift: struct ends inside a map, which takes at least 2147483648 bytes; 1 are left
                    0b00047fffffff61         | thrift: struct ends inside a text, which takes at least 2147483647 bytes; 1 are left
                    0b0004ffffffff           | thrift: length of a text is negative: -1
                    0f00020c80000000         | thrift: size of a list is negative: -2147483648
                    0d00030b04ffffffff       | thrift: size of a map is negative: -1
                    08000100000001           | thrift: struct ends inside a field, which takes at least 1 bytes; 0 are left
                    0800                     | thrift: struct ends inside the number of a field, which takes at least 2 bytes; 1 are left
                    010001                   | thrift: struct holds a value of the unknown type 1
                    10000100                 | thrift: struct holds a value of the unknown type 16
                    0f00020100000001         | thrift: struct holds a value of the unknown type 1
                    """)
    void bytesThatAnnounceWhatIsNotThereCostNothing(String hex, String refusal) {
        assertThatThrownBy(() -> decodeHex(hex, Node.class))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide)
                .hasMessage(refusal);
    }

    /**
     * A map of bytes to bytes where the struct has one of strings to numbers, which generated code does not notice: it reads one pair of ten bytes more
     * than there is, so what stands behind is read at another place than the bytes themselves say.
     */
    private static byte[] readAskew(String fields) {
        int textLength = 0x0b00 - 5 + 8;
        byte[] hidden = HexFormat.of().parseHex(fields);
        ByteBuffer bytes = ByteBuffer.allocate(18 + textLength + hidden.length);
        bytes.put(HexFormat.of().parseHex("0d0003" + "0303" + "00000001" + "0000"));
        bytes.put(HexFormat.of().parseHex("0b0004")).putInt(textLength + hidden.length - 1);
        bytes.put(new byte[textLength]).put(hidden);
        bytes.put(bytes.capacity() - 1, (byte) 0);
        return bytes.array();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0f0002" + "0c" + "7fffffff", "0b0004" + "ffffff00", "0b0063" + "ffffff00"})
    void whatIsReadAskewIsHeldAgainstTheBytesThereAre(String field) {
        byte[] bytes = readAskew(field + "00".repeat(8));
        assertThatThrownBy(() -> decode(bytes, Node.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("or have one of another type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0f0002" + "0c" + "00000001", "0f0063" + "0f" + "00000001", "0c0063"})
    void whatIsReadAskewMayNotBeNestedWithoutEnd(String level) {
        byte[] bytes = readAskew(level.repeat(100_000) + "00");
        assertThatThrownBy(() -> decode(bytes, Node.class)).isInstanceOf(CodecException.class);
    }

    /**
     * A list of bytes, as far as the bytes themselves say; generated code takes it for a list of nodes, in each of which another list announces that
     * all the bytes that are left are elements of its own.
     */
    @Test
    void listsInListsTakeNoMoreMemoryThanOneThatHoldsAllTheBytes() {
        int size = 1 << 20;
        ByteBuffer bytes = ByteBuffer.allocate(size);
        bytes.put(HexFormat.of().parseHex("0f0002" + "03")).putInt(size - 9);
        for (int level = 0; level < 49; level++) {
            bytes.put(HexFormat.of().parseHex("0f0002" + "0c")).putInt(size / 2);
        }

        long before = AllocatedBytes.now();
        assertThatThrownBy(() -> decode(bytes.array(), Node.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("or have one of another type");
        assertThat(AllocatedBytes.now() - before).as("bytes allocated").isLessThan(16L * size);
    }

    @Test
    void whatHasNoElementsMayHaveAnyType() {
        assertThat(decodeHex("0f000900000000000d000a00010000000000", Author.class))
                .isEqualTo(new Author());
    }

    @Test
    void whatStandsBehindTheStructIsIgnored() {
        assertThat(decodeHex("0b000100000002686900ffff", Author.class)).isEqualTo(new Author("hi"));
    }

    @Test
    void requiredFieldsAreRequiredBothWays() {
        assertThatThrownBy(() -> encode(new Node(null)))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide);
        assertThatThrownBy(() -> decodeHex("00", Node.class))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide)
                .hasMessage(
                        "thrift: struct is not accepted (does it lack a required field, or have one of another type?)");
    }

    @Test
    void scatteredBytesAreReadAsOne() {
        byte[] bytes = encode(new Author("scattered"));
        ByteBuf in = PooledByteBufAllocator.DEFAULT
                .compositeBuffer()
                .addComponent(true, PooledByteBufAllocator.DEFAULT.buffer().writeBytes(bytes, 0, 5))
                .addComponent(
                        true, PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(bytes, 5, bytes.length - 5));

        assertThat(codec().decode(in, Author.class)).isEqualTo(new Author("scattered"));
        in.release();
    }

    @Test
    void bytesOfAStructOutliveTheBuffer() {
        Node sent = new Node(1).data((byte) 1, (byte) 2, (byte) 3);
        ByteBuf in = PooledByteBufAllocator.DEFAULT.buffer().writeBytes(encode(sent));
        Object read = codec().decode(in, Node.class);
        in.setZero(0, in.writerIndex());
        in.release();

        assertThat(read).isEqualTo(sent);
    }

    @Test
    void noBytesAreNullToACallerAndAStructWithoutFieldsToAHandler() {
        assertThat(bodies.read(Unpooled.EMPTY_BUFFER, 't', Author.class)).isNull();
        assertThat(bodies.readArgument(Unpooled.EMPTY_BUFFER, 't', Author.class))
                .isEqualTo(new Author());
        assertThat(bodies.readArgument(Unpooled.EMPTY_BUFFER, 't', Author.class))
                .isNotSameAs(bodies.readArgument(Unpooled.EMPTY_BUFFER, 't', Author.class));
        assertThat(codec().zero(int.class)).isEqualTo(0);
        assertThat(bodies.read(Unpooled.wrappedBuffer(new byte[1]), 't', Author.class))
                .isEqualTo(new Author());
    }

    /** The Thrift compiler makes public classes with a constructor that takes nothing. */
    public static final class NeedsName implements TSerializable {

        public NeedsName(String name) {
            throw new AssertionError(name);
        }

        @Override
        public void read(TProtocol in) {}

        @Override
        public void write(TProtocol out) {}
    }

    @ParameterizedTest
    @ValueSource(classes = {String.class, Object.class, List.class, TBase.class, TSerializable.class, NeedsName.class})
    void whatIsNoGeneratedStructIsRefused(Class<?> type) {
        assertThatThrownBy(() -> decode(new byte[1], type))
                .isInstanceOfSatisfying(CodecException.class, BodyCodecContract::assertFitForTheOtherSide)
                .hasMessage("thrift: cannot decode into this value (expected a generated struct or bytes)");
        assertThat(codec().decodeEmpty(type)).isNull();
    }
}
