package io.teleport.peer;

import static io.teleport.peer.WebSocketWire.BINARY;
import static io.teleport.peer.WebSocketWire.CLOSE;
import static io.teleport.peer.WebSocketWire.PING;
import static io.teleport.peer.WebSocketWire.PONG;
import static io.teleport.peer.WebSocketWire.TEXT;
import static io.teleport.peer.WebSocketWire.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.teleport.peer.WebSocketWire.Frame;
import io.teleport.socket.CloseReason;
import io.teleport.transport.websocket.WebSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of WebSocket in bare bytes: what is understood, what is refused and how, and how a connection ends. */
class WebSocketFrameTests extends WebSocketServer {

    private static final int FIRST_TEXT = 0x01;

    private static final int CONTINUATION = 0x00;

    private static final int LAST_CONTINUATION = 0x80;

    private void listen() {
        listen(UnaryOperator.identity());
    }

    /** Bytes in hex are sent as they are; masks are 0, so payloads can be read. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8101 61               | 1002 frame of a client is not masked",
                "c181 00000000 61      | 1002 reserved bits are set and no extension was negotiated",
                "9181 00000000 61      | 1002 reserved bits are set and no extension was negotiated",
                "8381 00000000 61      | 1002 reserved opcode 3",
                "8b80 00000000         | 1002 reserved opcode 11",
                "0980 00000000         | 1002 fragmented control frame",
                "89fe 007e 00000000    | 1002 control frame of more than 125 bytes",
                "81fe 0001 00000000 61 | 1002 length 1 in more bytes than it needs",
                "82ff 000000000000ffff 00000000 | 1002 length 65535 in more bytes than it needs",
                "82ff 8000000000000000 00000000 | 1002 length with its highest bit set",
                "8081 00000000 61      | 1002 continuation of no message",
                "0181 00000000 61 8181 00000000 61 | 1002 a message began before the last fragment of the one before",
                "8182 00000000 c328    | 1007 text message is not UTF-8",
                "0181 00000000 c3 8081 00000000 28 | 1007 text message is not UTF-8",
                "8881 00000000 03      | 1002 close frame with half a code",
                "8882 00000000 03ed    | 1002 close frame with code 1005",
                "8882 00000000 01f4    | 1002 close frame with code 500",
                "8883 00000000 03e8 ff | 1007 text of the close frame is not UTF-8",
            })
    void whatBreaksARuleIsAnsweredWithItsCode(String hex, String closing) throws Exception {
        listen();
        try (WebSocketWire wire = connect()) {
            wire.send(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
            assertThat(wire.frame().closing()).isEqualTo(closing);
        }
        assertThat(ended().closeReason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
        assertThat(ended().error()).isEqualTo(closing.substring(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Announced, in one frame; and together, in two.
                "82ff 0000010000000000 00000000",
                "02fe 03e8 00000000 X 80fe 03e8 00000000",
                // With what came before, more than fits a long.
                "0281 00000000 00 80ff 7fffffffffffffff 00000000"
            })
    void messagesAboveTheLimitAreRefusedBeforeTheyArrive(String hex) throws Exception {
        listen(builder -> builder.messageLimit(1_500));
        try (WebSocketWire wire = connect()) {
            String bytes = hex.replace("X", "00".repeat(1_000)).replace(" ", "");
            wire.send(ByteBufUtil.decodeHexDump(bytes));
            assertThat(wire.frame().closing())
                    .matches("1009 message of \\d+ bytes or more exceeds the message limit of 1500");
        }
        assertThat(ended().closeReason()).isEqualTo(CloseReason.FRAME_TOO_LARGE);
    }

    @Test
    void whatIsNoMessageOfTheProtocolIsAProtocolErrorToo() throws Exception {
        listen();
        try (WebSocketWire wire = connect()) {
            wire.sendFrame(TEXT, "{\"seq\":");
            assertThat(wire.frame().closing()).startsWith("1002 json: ");
        }
        assertThat(ended().closeReason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    void answersAreOfTheKindOfTheQuestion() throws Exception {
        listen();
        try (WebSocketWire wire = connect()) {
            wire.sendFrame(BINARY, call(1, "/math/add", "[1,2,3]"));
            Frame binary = wire.frame();
            assertThat(binary.first()).isEqualTo(BINARY);
            assertThat(binary.text()).contains("\"seq\":1,\"mtype\":2,").contains("\"body\":\"6\"");
            wire.sendFrame(TEXT, call(2, "/math/add", "[1]"));
            assertThat(wire.frame().first()).isEqualTo(TEXT);
            session().push("/client/note", "x");
            assertThat(wire.frame().first()).isEqualTo(TEXT);
            wire.sendFrame(BINARY, call(3, "/math/add", "[1]"));
            assertThat(wire.frame().first()).isEqualTo(BINARY);
        }
    }

    @Test
    void whatIsSentFirstIsBinaryAsFromGo() throws Exception {
        listen();
        try (WebSocketWire wire = connect()) {
            while (server.sessions().count() == 0) {
                Thread.onSpinWait();
            }
            session().push("/client/note", "x");
            assertThat(wire.frame().first()).isEqualTo(BINARY);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 60, 125, 126, 65_000, 70_000, 200_000})
    void answersOfAnyLengthAreSingleFrames(int size) throws Exception {
        listen();
        try (WebSocketWire wire = connect()) {
            wire.sendFrame(TEXT, call(1, "/bytes", String.valueOf(size)));
            Frame answer = wire.frame();
            assertThat(answer.first()).isEqualTo(TEXT);
            assertThat(answer.text()).startsWith("{\"seq\":1,").endsWith("\"xferPipe\":[]}");
            assertThat(answer.text()).hasSizeGreaterThan(size);
        }
    }

    @Test
    void messagesInFragmentsArePutTogetherAndPingsInBetweenAreAnswered() throws Exception {
        listen();
        try (WebSocketWire wire = connect()) {
            String call = call(7, "/refuse", "\"\\\"zw\u00f6lf\\\"\"");
            byte[] bytes = call.getBytes(StandardCharsets.UTF_8);
            int inCharacter = call.indexOf('\u00f6') + 1;
            wire.send(frame(FIRST_TEXT, Arrays.copyOfRange(bytes, 0, 5)));
            wire.sendFrame(PING, "still there?");
            assertThat(wire.frame()).hasToString("8a still there?");
            wire.send(frame(CONTINUATION, Arrays.copyOfRange(bytes, 5, inCharacter)));
            wire.sendFrame(CONTINUATION, "");
            wire.sendFrame(PONG, "unasked");
            wire.send(frame(LAST_CONTINUATION, Arrays.copyOfRange(bytes, inCharacter, bytes.length)));
            assertThat(wire.frame().text()).contains("\"seq\":7").contains("\"status\":\"code=1234&msg=zw%C3%B6lf\"");
        }
    }

    @Test
    void messagesThatArriveByteByByteAreUnderstood() throws Exception {
        listen();
        try (WebSocketWire wire = connect()) {
            for (byte one : frame(TEXT, push("x".repeat(200)))) {
                wire.send(new byte[] {one});
            }
            assertThat(nextPush()).hasSize(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"81", "81fe0100", "818400000000", "0180 00000000", "0181 00000000 61", "89"})
    void aMessageThatHasBegunMustBeWholeInTime(String beginning) throws Exception {
        listen(builder -> builder.frameTimeout(Duration.ofMillis(50)));
        try (WebSocketWire wire = connect()) {
            wire.send(ByteBufUtil.decodeHexDump(beginning.replace(" ", "")));
            int sent = beginning.replace(" ", "").length() / 2;
            String text = "frame not whole within PT0.05S: its first " + sent + " bytes came, then not the rest";
            assertThat(wire.frame().closing()).isEqualTo("1008 " + text);
            assertThat(ended().closeReason()).isEqualTo(CloseReason.FRAME_TIMEOUT);
            assertThat(ended().error()).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | '' | ''",
                "03e8 | 03e8 | ''",
                "03e9 | 03e9 | 1001 going away",
                "0fa0 6279 65 | 0fa0 | 4000 bye"
            })
    void theCloseFrameOfTheOtherSideIsAnsweredAndTold(String payload, String answer, String told) throws Exception {
        listen();
        try (WebSocketWire wire = connect()) {
            wire.sendFrame(TEXT, push("last"));
            wire.send(frame(CLOSE, ByteBufUtil.decodeHexDump(payload.replace(" ", ""))));
            Frame closing = wire.frame();
            assertThat(closing.first()).isEqualTo(CLOSE);
            assertThat(closing.bytes()).isEqualTo(ByteBufUtil.decodeHexDump(answer));
            assertThat(wire.rest()).isEmpty();
            assertThat(nextPush()).isEqualTo("last");
        }
        assertThat(ended().closeReason()).isEqualTo(CloseReason.REMOTE);
        assertThat(ended().error()).isEqualTo(told.isEmpty() ? null : told);
    }

    @ParameterizedTest
    @CsvSource({
        "LOCAL, 1000, ''",
        "SHUTDOWN, 1001, shutting down",
        "AGE_EXPIRED, 1001, session has reached its age",
        "UNAUTHORIZED, 1008, unauthorized",
        "KICKED, 1008, kicked",
        "OVERLOADED, 1013, overloaded",
        "IO_ERROR, 1011, ''"
    })
    void aCloseTellsItsCodeAndNoSecretsAfterAllThatWasSent(CloseReason reason, int code, String text) throws Exception {
        listen();
        try (WebSocketWire wire = connect()) {
            wire.sendFrame(TEXT, call(1, "/math/add", "[1]"));
            assertThat(wire.frame().text()).contains("\"seq\":1");
            session().push("/client/note", "last");
            session().close(Duration.ZERO, reason, "secret");
            assertThat(wire.frame().text()).contains("last");
            assertThat(wire.frame().closing()).isEqualTo(code + " " + text);
            wire.send(frame(CLOSE, new byte[] {3, (byte) 0xe8}));
            assertThat(wire.rest()).isEmpty();
        }
        assertThat(ended().closeReason()).isEqualTo(reason);
    }

    @Test
    void aCloseThatIsNotAnsweredEndsAllTheSame() throws Exception {
        listen();
        try (WebSocketWire wire = connect()) {
            wire.sendFrame(TEXT, push("here"));
            nextPush();
            session().close(Duration.ZERO);
            assertThat(wire.frame().closing()).isEqualTo("1000 ");
            wire.sendFrame(TEXT, push("too late"));
            assertThat(wire.rest()).isEmpty();
        }
        assertThat(ended().closeReason()).isEqualTo(CloseReason.LOCAL);
        assertThat(pushed).isEmpty();
    }

    @Test
    void pingsOfOursKeepAnAnsweringSideAndEndASilentOne() throws Exception {
        listen(builder -> builder.webSocket(WebSocketOptions.defaults().pingInterval(Duration.ofMillis(100))));
        try (WebSocketWire wire = connect()) {
            for (int i = 0; i < 3; i++) {
                assertThat(wire.frame().first()).isEqualTo(PING);
                wire.sendFrame(PONG, "");
            }
            Frame unanswered = wire.frame();
            while (unanswered.first() == PING) {
                unanswered = wire.frame();
            }
            assertThat(unanswered.closing()).isEqualTo("1011 ");
        }
        assertThat(ended().closeReason()).isEqualTo(CloseReason.IO_ERROR);
        assertThat(ended().error()).isEqualTo("ping was not answered within PT0.1S");
    }

    @Test
    void theEndOfTheStreamWithoutACloseFrameIsRemoteToo() throws Exception {
        listen();
        try (WebSocketWire wire = connect()) {
            wire.sendFrame(TEXT, push("last"));
            wire.endOfStream();
            assertThat(nextPush()).isEqualTo("last");
        }
        assertThat(ended().closeReason()).isEqualTo(CloseReason.REMOTE);
    }

    @Test
    void aSideThatStopsReadingIsClosed() throws Exception {
        listen(builder -> builder.frameTimeout(Duration.ofMillis(300)));
        try (WebSocketWire wire = connect()) {
            for (int i = 1; i <= 20; i++) {
                wire.sendFrame(TEXT, call(i, "/bytes", "500000"));
            }
            assertThat(ended().closeReason()).isEqualTo(CloseReason.FRAME_TIMEOUT);
            assertThat(ended().error()).matches("the other side took none of \\d+ waiting bytes within PT0.3S");
        }
    }

    @Test
    void pingsOfASideThatDoesNotReadPileUpNothing() throws Exception {
        listen();
        byte[] ping = frame(PING, "x".repeat(125));
        byte[] pings = new byte[ping.length * 500];
        for (int at = 0; at < pings.length; at += ping.length) {
            System.arraycopy(ping, 0, pings, at, ping.length);
        }
        try (WebSocketWire wire = connect()) {
            // Far more than the buffers of the network hold; only the last of those that could not be answered is.
            for (int i = 0; i < 500; i++) {
                wire.send(pings);
            }
            wire.sendFrame(TEXT, push("after the pings"));
            assertThat(nextPush()).isEqualTo("after the pings");
            wire.sendFrame(PING, "last");
            Frame answer = wire.frame();
            while (!answer.text().equals("last")) {
                assertThat(answer.first()).isEqualTo(PONG);
                answer = wire.frame();
            }
        }
    }
}
