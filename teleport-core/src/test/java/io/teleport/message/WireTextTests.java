package io.teleport.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTextTests {

    @Test
    void everySingleByteSurvives() {
        for (int b = 0; b < 256; b++) {
            byte[] bytes = {(byte) b};
            String text = decode(bytes);

            assertThat(text).hasSize(1);
            assertThat(text.charAt(0)).isEqualTo((char) (b < 0x80 ? b : 0xDC00 | b));
            assertSurvives(bytes);
        }
    }

    @Test
    void everyPairOfBytesSurvives() {
        for (int pair = 0; pair < 0x10000; pair++) {
            byte[] bytes = {(byte) (pair >> 8), (byte) pair};

            assertThat(WireText.toBytes(decode(bytes))).isEqualTo(bytes);
        }
    }

    @RepeatedTest(20)
    void randomBytesSurvive(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        // Few distinct high bytes, so that whole and broken sequences of every width come up.
        byte[] alphabet = HexFormat.of().parseHex("41807f8fbfc0c2dfe0a0edeff09f90f4f5ff");
        byte[] bytes = new byte[2_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = alphabet[random.nextInt(alphabet.length)];
        }

        assertSurvives(bytes);
    }

    @Test
    void everyCharacterIsWrittenAndReadAsUtf8() {
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                continue;
            }
            String text = Character.toString(codePoint);
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);

            assertThat(WireText.toBytes(text)).isEqualTo(utf8);
            assertThat(decode(utf8)).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "c080, an overlong form in two bytes",
        "c1bf, an overlong form in two bytes",
        "e09fbf, an overlong form in three bytes",
        "f08fbfbf, an overlong form in four bytes",
        "eda080, a high surrogate",
        "edbfbf, a low surrogate",
        "f4908080, a number above U+10FFFF",
        "f5808080, a first byte that no character has",
        "e4b8, a sequence cut short",
        "f09f98, a sequence cut short",
        "80bf, continuation bytes alone",
    })
    void invalidUtf8BecomesOneStrayPerByte(String hex, String what) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThat(decode(bytes).chars()).as(what).hasSize(bytes.length).allMatch(c -> c >= 0xDC80 && c <= 0xDCFF);
        assertSurvives(bytes);
    }

    @Test
    void onlyTheBrokenPartOfATextBecomesStrayBytes() {
        assertThat(decode(HexFormat.of().parseHex("61e4b8e4b896ff62"))).isEqualTo("a\uDCE4\uDCB8世\uDCFFb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD800", "\uDBFF", "\uDC00", "\uDC7F", "\uDD00", "\uDFFF"})
    void aSurrogateThatStandsForNoByteIsWrittenAsReplacementCharacter(String surrogate) {
        assertThat(WireText.toBytes("a" + surrogate + "b")).isEqualTo("a\uFFFDb".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPairIsOneCharacterAndNotStrayBytes() {
        String lowHalfLooksLikeAByte = "\uD83D\uDC80\uDC80";

        assertThat(WireText.toBytes(lowHalfLooksLikeAByte))
                .isEqualTo(HexFormat.of().parseHex("f09f928080"));
        assertThat(WireText.withoutLoneSurrogates(lowHalfLooksLikeAByte)).isEqualTo("\uD83D\uDC80\uFFFD");
    }

    @Test
    void readingTakesExactlyTheAnnouncedBytes() {
        for (ByteBuf in : new ByteBuf[] {Unpooled.buffer(), Unpooled.directBuffer()}) {
            in.writeBytes("skip-é-ascii-rest".getBytes(StandardCharsets.UTF_8)).skipBytes(5);

            assertThat(WireText.decode(in, 2)).isEqualTo("é");
            assertThat(WireText.decode(in, 0)).isEmpty();
            assertThat(WireText.decode(in, 6)).isEqualTo("-ascii");
            assertThat(in.readableBytes()).isEqualTo(5);
            in.release();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, Integer.MAX_VALUE, -1})
    void aLengthThatIsNotThereIsRefusedBeforeAnythingIsRead(int length) {
        ByteBuf in = Unpooled.wrappedBuffer(new byte[] {'a', 'b', 'c'});

        assertThatThrownBy(() -> WireText.decode(in, length)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> WireText.decode(new byte[3], 0, length)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(in.readableBytes()).isEqualTo(3);
    }

    private static void assertSurvives(byte[] bytes) {
        String text = decode(bytes);
        ByteBuf out = Unpooled.buffer();
        WireText.encode(text, out);

        assertThat(WireText.toBytes(text)).isEqualTo(bytes);
        assertThat(WireText.encodedLength(text)).isEqualTo(bytes.length);
        assertThat(out).isEqualTo(Unpooled.wrappedBuffer(bytes));
        assertThat(WireText.decode(out, bytes.length)).isEqualTo(text);
    }

    private static String decode(byte[] bytes) {
        return WireText.decode(bytes, 0, bytes.length);
    }
}
