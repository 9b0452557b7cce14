package io.teleport.hostile;

import static io.teleport.hostile.HostileBodies.GZIP;
import static io.teleport.hostile.HostileBodies.MD5;
import static io.teleport.hostile.HostileBodies.blanks;
import static io.teleport.hostile.HostileBodies.damaged;
import static io.teleport.hostile.HostileBodies.without;
import static io.teleport.hostile.HostileBodies.wrongAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import io.teleport.filter.TransferFilter;
import io.teleport.socket.CloseReason;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is not, once its transfer filters are undone, what it seemed; on every protocol that has filters, which Thrift's structs have not. */
class GzipBombTests {

    private static final String TOO_MUCH = "gzip: content expands beyond the limit of " + HostileDoor.LIMIT + " bytes";

    private static byte[] through(BodyWire wire, byte[] body, TransferFilter... pipe) {
        return wire.call(HostileDoor.SAME, 's', body, Stream.of(pipe));
    }

    /** Refused, and whoever can be told is told. */
    private static void assertRefused(HostileDoor door, byte[] packed, CloseReason reason, String text)
            throws Exception {
        boolean tooLarge = reason == CloseReason.FRAME_TOO_LARGE;
        String told = door.assertEnds(packed, reason, text);
        if (door.wire() == BodyWire.HTTP) {
            assertThat(told)
                    .startsWith(tooLarge ? "HTTP/1.1 413 Content Too Large\r\n" : "HTTP/1.1 400 Bad Request\r\n")
                    .contains(text);
        } else if (door.wire().isWebSocket()) {
            assertThat(told.substring(2))
                    .startsWith(tooLarge ? "\u0003\u00f1" : "\u0003\u00ea")
                    .contains(text);
        } else {
            assertThat(told).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "THRIFT_STRUCT")
    void whatGzipMadeSmallerIsAnsweredIfItIsNoBomb(BodyWire wire) throws Exception {
        try (HostileDoor door = new HostileDoor(wire);
                HostileClient client = door.attack()) {
            byte[] body = blanks(HostileDoor.LIMIT / 2);
            client.send(through(wire, body, GZIP));
            assertThat(client.answer().body()).hasSize(body.length);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "THRIFT_STRUCT")
    void aBombOfOneToAThousandIsRefusedAtTheLimit(BodyWire wire) throws Exception {
        byte[] bomb = through(wire, blanks(16 * HostileDoor.LIMIT), GZIP);
        assertThat(bomb).hasSizeLessThan(16 * HostileDoor.LIMIT / 500);
        try (HostileDoor door = new HostileDoor(wire)) {
            assertRefused(door, bomb, CloseReason.FRAME_TOO_LARGE, TOO_MUCH);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EXCLUDE,
            names = {"THRIFT_STRUCT", "HTTP"})
    void soIsABombInABombAndOneThatIsSigned(BodyWire wire) throws Exception {
        byte[] body = blanks(16 * HostileDoor.LIMIT);
        byte[] nested = through(wire, body, GZIP, GZIP);
        assertThat(nested).hasSizeLessThan(1024);
        try (HostileDoor door = new HostileDoor(wire)) {
            assertRefused(door, nested, CloseReason.FRAME_TOO_LARGE, TOO_MUCH);
            assertRefused(door, through(wire, body, MD5, GZIP), CloseReason.FRAME_TOO_LARGE, TOO_MUCH);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "THRIFT_STRUCT")
    void damagedGzipIsRefused(BodyWire wire) throws Exception {
        byte[] body = blanks(10_000);
        try (HostileDoor door = new HostileDoor(wire)) {
            CloseReason reason = CloseReason.PROTOCOL_ERROR;
            assertRefused(
                    door,
                    through(wire, body, damaged(GZIP, without(20))),
                    reason,
                    "gzip: stream ends inside its compressed data");
            assertRefused(
                    door,
                    through(wire, body, damaged(GZIP, without(3))),
                    reason,
                    "gzip: stream ends inside its checksum");
            assertRefused(door, through(wire, body, damaged(GZIP, wrongAt(8))), reason, "gzip: invalid checksum");
            assertRefused(door, through(wire, body, damaged(GZIP, wrongAt(1))), reason, "gzip: stream announces ");
            assertRefused(
                    door,
                    through(wire, body, damaged(GZIP, whole -> HostileBodies.ascii("no gzip at all"))),
                    reason,
                    "gzip: invalid header: found 6e 6f");
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EXCLUDE,
            names = {"THRIFT_STRUCT", "HTTP"})
    void aWrongDigestIsRefused(BodyWire wire) throws Exception {
        byte[] body = blanks(100);
        try (HostileDoor door = new HostileDoor(wire)) {
            CloseReason reason = CloseReason.PROTOCOL_ERROR;
            String mismatch = "md5: check failed, the digest does not match the content";
            assertRefused(door, through(wire, body, damaged(MD5, wrongAt(1))), reason, mismatch);
            assertRefused(door, through(wire, body, damaged(MD5, wrongAt(20))), reason, mismatch);
            assertRefused(
                    door,
                    through(wire, body, damaged(MD5, whole -> blanks(7))),
                    reason,
                    "md5: check failed, 7 bytes cannot hold a digest of 16");
        }
    }
}
