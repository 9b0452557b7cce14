package io.teleport.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTests {

    @Test
    void nothingIsAlwaysTheSameObject() {
        assertThat(Metadata.parse("")).isSameAs(Metadata.empty());
        assertThat(Metadata.parse(Unpooled.EMPTY_BUFFER, 0)).isSameAs(Metadata.empty());
        assertThat(Metadata.builder().build()).isSameAs(Metadata.empty());
        assertThat(Metadata.of("a", "1").toBuilder().remove("a").build()).isSameAs(Metadata.empty());
        assertThat(Metadata.empty().isEmpty()).isTrue();
    }

    @Test
    void whatWasReadDoesNotChangeWithTheBuffer() {
        ByteBuf in = Unpooled.copiedBuffer("a=1&b=2,rest", StandardCharsets.US_ASCII);
        Metadata metadata = Metadata.parse(in, 7);
        assertThat(in.toString(StandardCharsets.US_ASCII)).isEqualTo(",rest");
        in.setZero(0, in.capacity());
        in.release();

        assertThat(metadata).isEqualTo(Metadata.of("a", "1", "b", "2"));
    }

    @Test
    void whatNobodyLookedAtIsWrittenInCanonicalForm() {
        assertThat(Metadata.parse("&a+b=%2b%c3%a9&&c=").toQuery()).isEqualTo("a%20b=%2B%C3%A9&c");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, Integer.MAX_VALUE, -1})
    void aLengthThatIsNotThereIsRefusedBeforeAnythingIsRead(int length) {
        ByteBuf in = Unpooled.wrappedBuffer(new byte[] {'a', '=', '1'});

        assertThatThrownBy(() -> Metadata.parse(in, length)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(in.readableBytes()).isEqualTo(3);
    }

    @Test
    void percentFollowedByByteFfIsTakenLiterally() {
        Metadata metadata = Metadata.parse("a=%\uDCFF1&b=%1\uDCFF");

        assertThat(metadata.get("a")).isEqualTo("%\uDCFF1");
        assertThat(metadata.get("b")).isEqualTo("%1\uDCFF");
        assertThat(metadata.toQuery()).isEqualTo("a=%25%FF1&b=%251%FF");
    }

    @Test
    void aPlusInAnEscapeCutShortStaysAPlus() {
        assertThat(Metadata.parse("a=x+%+&b=+").entries())
                .containsExactly(new Metadata.Entry("a", "x %+"), new Metadata.Entry("b", " "));
    }

    @RepeatedTest(20)
    void anyPairsSurviveAndAnyBytesCanBeRead(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] bytes = new byte[500];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i += 1 + random.nextInt(4)) {
            bytes[i] = (byte) "&=%+AFaf09".charAt(random.nextInt(10));
        }

        Metadata read = Metadata.parse(Unpooled.wrappedBuffer(bytes), bytes.length);

        assertThat(Metadata.parse(read.toQuery())).isEqualTo(read).hasSameHashCodeAs(read);
    }

    @Test
    void theFirstOfARepeatedKeyCounts() {
        Metadata metadata = Metadata.of("a", "1", "a", "2");

        assertThat(metadata.get("a")).isEqualTo("1");
        assertThat(metadata.get("a", "other")).isEqualTo("1");
        assertThat(metadata.getAll("a")).containsExactly("1", "2");
        assertThat(metadata.getAll("A")).isEmpty();
        assertThat(metadata.get("A")).isNull();
        assertThat(metadata.get("A", "other")).isEqualTo("other");
    }

    @Test
    void withSetsOnePairAndLeavesTheOriginal() {
        Metadata metadata = Metadata.of("a", "1", "a", "2");

        assertThat(metadata.with("a", "9").with("b", "3").toQuery()).isEqualTo("a=9&a=2&b=3");
        assertThat(metadata.toQuery()).isEqualTo("a=1&a=2");
    }

    @Test
    void removeTakesEveryPairOfTheKey() {
        Metadata.Builder builder = Metadata.builder();
        builder.add("a", "1")
                .add("a", "2")
                .add("b", "3")
                .add("a", "4")
                .add("a", "5")
                .add("c", "a");

        assertThat(builder.remove("a").build()).isEqualTo(Metadata.of("b", "3", "c", "a"));
    }

    @Test
    void addAllKeepsRepeatedKeysAndOrder() {
        Metadata.Builder builder = Metadata.builder().add("a", "1");

        builder.addAll(Metadata.parse("b=2&a=3")).addAll(builder.build());

        assertThat(builder.build().toQuery()).isEqualTo("a=1&b=2&a=3&a=1&b=2&a=3");
        assertThat(builder.get("b")).isEqualTo("2");
        assertThat(builder.get("c")).isNull();
    }

    @Test
    void aBuilderMayGoOnAfterBuild() {
        Metadata.Builder builder = Metadata.builder();
        assertThat(builder.isEmpty()).isTrue();
        Metadata first = builder.add("a", "1").build();
        builder.set("a", "2").add("b", "3");

        assertThat(builder.isEmpty()).isFalse();
        assertThat(first.toQuery()).isEqualTo("a=1");
        assertThat(builder.build().toQuery()).isEqualTo("a=2&b=3");
    }

    @Test
    void entriesCannotBeChanged() {
        List<Metadata.Entry> entries = Metadata.parse("a=1").entries();

        assertThatThrownBy(() -> entries.remove(0)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void equalityLooksAtPairsAndTheirOrder() {
        assertThat(Metadata.parse("a=1&b=2"))
                .isEqualTo(Metadata.of("a", "1", "b", "2"))
                .hasSameHashCodeAs(Metadata.of("a", "1", "b", "2"))
                .isNotEqualTo(Metadata.of("b", "2", "a", "1"))
                .hasToString("[a, b]");
    }

    @Test
    void whatIsLoggedOfAMessageShowsTheKeysOfItsMetadataOnly() {
        MessageHeader header =
                new MessageHeader(1, 1, "/a", Status.OK, Metadata.parse("X-Token=s3cret&b=2"), 'j', FilterIds.none());

        assertThat(header.toString()).contains("X-Token").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "007", "999999999999999999", "000000000000000001"})
    void upTo18DigitsAreAWholeNumber(String value) {
        assertThat(Metadata.of("n", value).getUnsignedInt("n")).hasValue(Long.parseLong(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1.0", " 1", "1 ", "0x1", "١", "0000000000000000001"})
    void anythingElseIsNoWholeNumber(String value) {
        assertThat(Metadata.of("n", value).getUnsignedInt("n")).isEmpty();
        assertThat(Metadata.empty().getUnsignedInt("n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "12", "1.5", ".5", "5.", "1.5e3", "1E+2", "1e-2"})
    void decimalNumbersAreRead(String value) {
        assertThat(Metadata.of("n", value).getUnsignedFloat("n")).hasValue(Double.parseDouble(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "e5", "-1", "+1", "1.2.3", "1e", "1e+", "1e5x", "NaN", "1f", "0x1p3", "1e999"})
    void anythingElseIsNoNumber(String value) {
        assertThat(Metadata.of("n", value).getUnsignedFloat("n")).isEmpty();
        assertThat(Metadata.empty().getUnsignedFloat("n")).isEmpty();
    }
}
