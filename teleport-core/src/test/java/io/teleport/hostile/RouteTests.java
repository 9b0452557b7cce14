package io.teleport.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ch.qos.logback.classic.Level;
import io.teleport.hostile.Attacker.Heard;
import io.teleport.message.MessageType;
import io.teleport.socket.CloseReason;
import io.teleport.testing.Eventually;
import io.teleport.testing.LoggedLines;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Routes that do not exist, are too long, or are no text. */
class RouteTests extends WireCase {

    @Override
    Target open(Wire wire) {
        return new Target(wire, options -> options.messageLimit(1024 * 1024), options -> options);
    }

    private static final int LONG = 64 * 1024;

    private void assert404(Attacker attacker, int sequence) throws Exception {
        Heard reply = attacker.hear();
        assertThat(reply.sequence()).isEqualTo(sequence);
        assertThat(reply.code()).isEqualTo(404);
        assertThat(reply.header().status().msg()).isEqualTo("Not Found");
        attacker.send(wire.call(sequence + 1, "/echo"));
        assertThat(attacker.hear().sequence()).isEqualTo(sequence + 1);
        target.assertUnharmed();
    }

    @Test
    void anUnknownRouteIs404AndTheSessionStays() throws Exception {
        try (Attacker attacker = target.attacker()) {
            attacker.send(wire.call(1, "/nowhere"));
            assert404(attacker, 1);
        }
    }

    @Test
    void aRouteOf64KibibytesIsOneThatIsUnknown() throws Exception {
        try (Attacker attacker = target.attacker()) {
            if (wire == Wire.HTTP) {
                attacker.sendUntilRefused(("POST /" + "x".repeat(LONG) + " HTTP/1.1\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                attacker.rest();
                target.assertEnded(attacker, CloseReason.FRAME_TOO_LARGE, "http: ");
                return;
            }
            // The length field of raw is one byte.
            attacker.send(wire.call(1, "/" + "x".repeat(wire == Wire.RAW ? 254 : LONG)));
            assert404(attacker, 1);
        }
    }

    @Test
    void whatIsLoggedOfARouteIsShortAndStaysOnItsLine() throws Exception {
        assumeThat(wire.carriesPushes()).as("has pushes").isTrue();
        String forged = "/x\n12:00:00 ERROR forged\r\n\u2028" + "x".repeat(200);
        try (LoggedLines log = LoggedLines.of("io.teleport", Level.DEBUG);
                Attacker attacker = target.attacker()) {
            byte[] push = wire.message(wire.header(MessageType.PUSH.id(), 1, forged), wire.body());
            byte[] stray = wire.message(wire.header(MessageType.REPLY.id(), 9, forged), wire.body());
            attacker.send(push, push, stray, stray, wire.call(2, "/echo"));
            assertThat(attacker.hear().sequence()).isEqualTo(2);
            // A push is named by its route, a stray reply by its number alone.
            Eventually.holds("four lines", () -> count(log, "forged") >= 2 && count(log, "nobody waits for") >= 2);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("forged") || line.contains("nobody waits for"))
                    .allSatisfy(line -> assertThat(line)
                            .doesNotContain("\n", "\r", "\u2028")
                            .hasSizeLessThan(600));
        }
    }

    private static long count(LoggedLines log, String text) {
        return log.lines().stream().filter(line -> line.contains(text)).count();
    }
}
