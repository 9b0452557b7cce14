package io.teleport.plugin.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.codec.Bodies;
import io.teleport.codec.BodyCodecs;
import io.teleport.codec.CodecException;
import io.teleport.codec.form.FormBodyCodec;
import io.teleport.codec.json.JsonBodyCodec;
import io.teleport.codec.protobuf.ProtobufBodyCodec;
import io.teleport.codec.xml.XmlBodyCodec;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeFormsTests {

    private static final Bodies BODIES = new Bodies(BodyCodecs.of(
            List.of(new JsonBodyCodec(), new FormBodyCodec(), new XmlBodyCodec(), new ProtobufBodyCodec())));

    @ParameterizedTest
    @ValueSource(chars = {'j', 'f', 'x', 'p'})
    void whatIsWrittenIsReadWhateverItHolds(char codec) {
        Envelope envelope = new Envelope("a \"<&=\u00e9\u4e16", "c".repeat(300));
        ByteBuf out = Unpooled.buffer();

        EnvelopeForms.write(envelope, BODIES, codec, out);

        assertThat(EnvelopeForms.read(out, BODIES, codec)).isEqualTo(envelope);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    j | null
                    j | {}
                    j | {"cipherversion":null,"more":1}
                    f | a=b
                    x | <Encrypt/>
                    """)
    void whatIsMissingIsEmpty(char codec, String body) {
        assertThat(EnvelopeForms.read(buffer(body), BODIES, codec)).isEqualTo(new Envelope("", ""));
    }

    @ParameterizedTest
    @ValueSource(chars = {'j', 'f', 'x', 'p'})
    void noBytesAreAnEmptyEnvelope(char codec) {
        assertThat(EnvelopeForms.read(Unpooled.EMPTY_BUFFER, BODIES, codec)).isEqualTo(new Envelope("", ""));
    }

    @Test
    void jsonNamesAreReadInAnyCaseAsInGo() {
        assertThat(EnvelopeForms.read(buffer("{\"CipherVersion\":\"v\",\"CIPHERTEXT\":\"c\"}"), BODIES, 'j'))
                .isEqualTo(new Envelope("v", "c"));
    }

    @Test
    void unknownFieldsOfProtobufAreSkippedAndTheLastOfAFieldWins() {
        String unknown = "1805" + "2100000000000000ff" + "2a0161" + "35ffffffff" + "f8ffffff0f01";
        assertThat(EnvelopeForms.read(hex("0a0161" + unknown + "12026262" + "0a0163"), BODIES, 'p'))
                .isEqualTo(new Envelope("c", "bb"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0a",
                "0a05",
                "0a0561",
                "0affffffff0f61",
                "0affffffffffffffffff01",
                "0b",
                "0c",
                "80",
                "0201",
                "210000",
                "1880",
                "18ffffffffffffffffffff01",
                "35ff",
                "2a05"
            })
    void brokenProtobufIsRefused(String body) {
        assertThatThrownBy(() -> EnvelopeForms.read(hex(body), BODIES, 'p')).isInstanceOf(CodecException.class);
    }

    @Test
    void aCodecThatNobodyRegisteredIsRefusedAsElsewhere() {
        assertThatThrownBy(() -> EnvelopeForms.read(hex("00"), new Bodies(BodyCodecs.of(List.of())), 'p'))
                .isInstanceOf(CodecException.class)
                .hasMessage("unsupported codec id: 112");
    }

    private static ByteBuf buffer(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private static ByteBuf hex(String bytes) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(bytes));
    }
}
