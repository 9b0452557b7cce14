package io.teleport.filter.gzip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.teleport.filter.FilterException;
import io.teleport.filter.FilterLimitException;
import io.teleport.filter.TransferFilter;
import io.teleport.filter.TransferFilterContract;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GzipFilterTests extends TransferFilterContract {

    private static final int LIMIT = 64 * 1024;

    @Override
    protected TransferFilter filter() {
        return new GzipFilter('g');
    }

    /** Its header has a time and more that nobody reads. */
    @Override
    protected boolean findsEveryChange() {
        return false;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void noBytesAtAllArePassedThrough() {
        assertThat(decode(new byte[0], LIMIT)).isEmpty();
    }

    @Test
    void aBombIsRefusedWhileMemoryStaysNearTheLimit() {
        byte[] bomb = encode(new byte[64 << 20]);
        assertThat(bomb.length).isLessThan((64 << 20) / 1000);
        ByteBuf in = POOL.buffer().writeBytes(bomb);
        ByteBuf out = POOL.buffer();

        assertThatThrownBy(() -> filter().decode(in, out, LIMIT)).isInstanceOf(FilterLimitException.class);
        assertThat(out.writerIndex()).isEqualTo(LIMIT + 1);
        assertThat(out.capacity()).isLessThanOrEqualTo(2 * LIMIT);
        in.release();
        out.release();
    }

    @Test
    void aBombOfManyMembersIsRefusedToo() {
        byte[] member = encode(new byte[LIMIT / 4]);
        byte[] members = join(member, member, member, member);

        assertThat(decode(members, LIMIT)).hasSize(LIMIT);
        assertThatThrownBy(() -> decode(join(members, encode(new byte[1])), LIMIT))
                .isInstanceOf(FilterLimitException.class);
    }

    @Test
    void severalMembersAreReadAsOne() {
        byte[] members = join(encode(ascii("one ")), encode(new byte[0]), encode(ascii("two")));

        assertThat(decode(members, LIMIT)).isEqualTo(ascii("one two"));
    }

    static Stream<byte[]> junk() {
        return Stream.of(new byte[] {0}, new byte[] {0x1f}, ascii("junk"), new byte[100], random(5000));
    }

    @ParameterizedTest
    @MethodSource("junk")
    void junkBehindTheStreamIsRefused(byte[] junk) {
        byte[] encoded = encode(ascii("content"));

        assertThatThrownBy(() -> decode(join(encoded, junk), LIMIT))
                .isInstanceOf(FilterException.class)
                .hasMessageMatching(
                        "gzip: (invalid header: .* at byte " + encoded.length + " .*|stream ends inside its header)");
    }

    @Test
    void aSecondMemberThatIsCutShortIsRefused() {
        byte[] first = encode(ascii("first"));
        byte[] second = encode(ascii("second"));
        for (int length = 1; length < second.length; length++) {
            byte[] cut = join(first, Arrays.copyOf(second, length));
            assertThatThrownBy(() -> decode(cut, LIMIT)).isInstanceOf(FilterException.class);
        }
    }

    @Test
    void aWrongChecksumAndAWrongLengthAreToldApart() {
        byte[] badChecksum = encode(ascii("content"));
        badChecksum[badChecksum.length - 8]++;
        byte[] badLength = encode(ascii("content"));
        badLength[badLength.length - 4]++;

        assertThatThrownBy(() -> decode(badChecksum, LIMIT))
                .isInstanceOf(FilterException.class)
                .hasMessage("gzip: invalid checksum");
        assertThatThrownBy(() -> decode(badLength, LIMIT))
                .isInstanceOf(FilterException.class)
                .hasMessage("gzip: stream announces 8 bytes but expands to 7");
    }

    @Test
    void optionalHeaderFieldsAreSkipped() {
        byte[] encoded = encode(ascii("content"));
        byte[] header = join(
                new byte[] {0x1f, (byte) 0x8b, 8, 2 + 4 + 8 + 16, 1, 2, 3, 4, 0, 3},
                new byte[] {3, 0, 'e', 'x', 't'},
                ascii("name\0"),
                ascii("comment\0"));
        CRC32 checksum = new CRC32();
        checksum.update(header);
        byte[] low = {(byte) checksum.getValue(), (byte) (checksum.getValue() >> 8)};
        byte[] rest = Arrays.copyOfRange(encoded, 10, encoded.length);

        assertThat(decode(join(header, low, rest), LIMIT)).isEqualTo(ascii("content"));
        low[0]++;
        assertThatThrownBy(() -> decode(join(header, low, rest), LIMIT))
                .isInstanceOf(FilterException.class)
                .hasMessage("gzip: invalid header: its checksum does not match");
        for (int length = 1; length < header.length + 2; length++) {
            byte[] cut = Arrays.copyOf(join(header, low), length);
            assertThatThrownBy(() -> decode(cut, LIMIT))
                    .isInstanceOf(FilterException.class)
                    .hasMessage("gzip: stream ends inside its header");
        }
    }

    @Test
    void anotherCompressionMethodIsRefused() {
        byte[] encoded = encode(ascii("content"));
        encoded[2] = 7;

        assertThatThrownBy(() -> decode(encoded, LIMIT))
                .isInstanceOf(FilterException.class)
                .hasMessage("gzip: invalid header: compression method 7 (expected 8)");
    }

    /** Go ends its deflate data with an empty stored block. */
    @Test
    void aStreamAsGoWritesItIsRead() {
        byte[] fromGo = HexFormat.of()
                .parseHex("1f8b08000000000000ff623467e4d4cf4d2cc9d04f4c4961604bce4f49b5356060c88a36d431d2318e05040000"
                        + "ffff87bf16db1f000000");

        assertThat(decode(fromGo, LIMIT)).endsWith(ascii("[1,2,3]"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 5, 9})
    void everyLevelIsReadBack(int level) {
        TransferFilter levelled = new GzipFilter('g', "levelled", level);
        ByteBuf in = POOL.buffer().writeBytes(ByteBuffer.allocate(10_000));
        ByteBuf packed = POOL.buffer();
        levelled.encode(in, packed);
        byte[] bytes = new byte[packed.readableBytes()];
        packed.readBytes(bytes);
        in.release();
        packed.release();

        assertThat(decode(bytes, 10_000)).isEqualTo(new byte[10_000]);
        assertThat(bytes.length > 10_000).isEqualTo(level == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 10})
    void aLevelThatDoesNotExistIsRefused(int level) {
        assertThatThrownBy(() -> new GzipFilter('g', "gzip", level))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gzip level " + level + " (expected -1 to 9)");
    }
}
