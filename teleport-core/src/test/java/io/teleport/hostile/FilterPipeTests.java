package io.teleport.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.teleport.filter.TransferFilters;
import io.teleport.hostile.Attacker.Heard;
import io.teleport.message.FilterIds;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.socket.CloseReason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfer filters that nobody knows, and more of them than anybody needs. */
class FilterPipeTests extends WireCase {

    @Override
    Target open(Wire wire) {
        return new Target(wire, options -> options.messageLimit(LIMIT), options -> options);
    }

    /** As much as 255 filters add to a small message, many times. */
    private static final int LIMIT = 1024 * 1024;

    private byte[] filtered(FilterIds filters) {
        return wire.message(header(filters), wire.body());
    }

    private MessageHeader header(FilterIds filters) {
        return header("/echo", filters);
    }

    private MessageHeader header(String route, FilterIds filters) {
        return new MessageHeader(5, MessageType.CALL.id(), route, Status.OK, Metadata.empty(), wire.codecId(), filters);
    }

    private static FilterIds times(int count, int id) {
        int[] ids = new int[count];
        Arrays.fill(ids, id);
        return FilterIds.of(ids);
    }

    @Test
    void anUnknownFilterEndsTheConnection() throws Exception {
        assumeThat(wire.carriesManyFilters()).as("names filters by id").isTrue();
        try (Attacker attacker = target.attacker()) {
            attacker.send(filtered(FilterIds.of(NoFilter.ID)));
            attacker.rest();
            target.assertEnded(attacker, CloseReason.PROTOCOL_ERROR, "unsupported transfer filter id: 63");
        }
    }

    @Test
    void inHttpTheyHaveNames() throws Exception {
        assumeThat(wire).isEqualTo(Wire.HTTP);
        try (Attacker attacker = target.attacker()) {
            attacker.send(("POST /echo HTTP/1.1\r\nX-Seq: 1\r\nContent-Encoding: br\r\nX-Content-Encoding: nobody-knows"
                            + "\r\nContent-Length: 1\r\n\r\nx")
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(attacker.rest()).startsWith("HTTP/1.1 415 ");
            target.assertEnded(attacker, CloseReason.PROTOCOL_ERROR, "nobody-knows");
        }
    }

    @Test
    void anUnknownFilterBehind254KnownOnesDoesToo() throws Exception {
        assumeThat(wire.carriesManyFilters()).as("has many filters").isTrue();
        try (Attacker attacker = target.attacker()) {
            attacker.send(filtered(times(254, 'm').plus(NoFilter.ID)));
            attacker.rest();
            target.assertEnded(attacker, CloseReason.PROTOCOL_ERROR, "unsupported transfer filter id: 63");
        }
    }

    @Test
    void moreFiltersThanThereAreBytesEndTheConnection() throws Exception {
        assumeThat(wire == Wire.RAW || wire == Wire.JSON || wire == Wire.PROTOBUF)
                .as("counts them in a byte")
                .isTrue();
        try (Attacker attacker = target.attacker()) {
            attacker.send(wire.announcing(wire.fieldFor(24)), new byte[] {(byte) 255}, new byte[19]);
            attacker.rest();
            target.assertEnded(
                    attacker, CloseReason.PROTOCOL_ERROR, "frame names 255 transfer filters but holds only 19 bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(chars = {'m', 'g'})
    void twoHundredAndFiftyFiveFoldFiltersAreUndoneAndAppliedToTheReply(char id) throws Exception {
        assumeThat(wire.carriesManyFilters()).as("has many filters").isTrue();
        FilterIds many = times(FilterIds.MAX_FILTERS, id);
        try (Attacker attacker = target.attacker()) {
            attacker.send(filtered(many));
            Heard reply = attacker.hear();
            assertThat(reply.header().status()).isEqualTo(Status.OK);
            assertThat(reply.header().filters()).isEqualTo(many);
            assertThat(reply.body()).isEqualTo(wire.body());
            target.assertUnharmed();
        }
    }

    @Test
    void filtersThatEachExpandToTheLimitAreStoppedAfterAFew() throws Exception {
        assumeThat(wire.carriesManyFilters()).as("has many filters").isTrue();
        byte[] bomb = wire.message(
                header(times(20, 'g')), wire.body(), TransferFilters.of(List.of(new PaddedGzip(LIMIT - 64 * 1024))));
        assertThat(bomb.length).isLessThan(LIMIT);
        try (Attacker attacker = target.attacker()) {
            attacker.send(bomb);
            attacker.rest();
            target.assertEnded(attacker, CloseReason.FRAME_TOO_LARGE, "pipe of 20 filters");
        }
    }

    @Test
    void aLongReplyIsNotSentThroughMoreOfThemThanOneMayAskFor() throws Exception {
        assumeThat(wire.carriesManyFilters()).as("has many filters").isTrue();
        FilterIds many = times(FilterIds.MAX_FILTERS, 'm');
        try (Attacker attacker = target.attacker()) {
            attacker.send(wire.message(header("/blanks", many), wire.body()));
            Status status = attacker.hear().header().status();
            assertThat(status.code()).isEqualTo(StatusCode.INTERNAL_SERVER_ERROR);
            assertThat(status.cause()).contains("pipe of 255 filters");
            target.assertUnharmed();
        }
    }
}
