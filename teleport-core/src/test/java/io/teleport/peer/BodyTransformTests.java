package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.teleport.codec.BodyTransform;
import io.teleport.codec.CodecException;
import io.teleport.message.Status;
import io.teleport.plugin.PreReadCallBodyHook;
import io.teleport.plugin.PreReadReplyBodyHook;
import io.teleport.plugin.PreWriteCallHook;
import io.teleport.plugin.PreWriteReplyHook;
import io.teleport.session.IncomingMessage;
import io.teleport.session.OutgoingMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What plugins may do with the bytes of bodies. */
class BodyTransformTests extends PeerPair {

    @Override
    String address() {
        return "local://body-transform";
    }

    /** Puts a letter behind a body, and takes it off again if it is there. */
    private record Letter(char letter)
            implements PreWriteCallHook, PreWriteReplyHook, PreReadCallBodyHook, PreReadReplyBodyHook {

        @Override
        public String name() {
            return "letter " + letter;
        }

        @Override
        public void preWriteCall(OutgoingMessage call) {
            call.addBodyTransform(this::put);
        }

        @Override
        public void preWriteReply(OutgoingMessage reply) {
            reply.addBodyTransform(this::put);
        }

        @Override
        public void preReadCallBody(IncomingMessage call) {
            call.addBodyTransform(this::take);
        }

        @Override
        public void preReadReplyBody(IncomingMessage reply) {
            reply.addBodyTransform(this::take);
        }

        private void put(ByteBuf in, ByteBuf out, int limit) {
            out.writeBytes(in).writeByte(letter);
        }

        private void take(ByteBuf in, ByteBuf out, int limit) {
            int length = in.readableBytes() - 1;
            if (length < 0 || in.getByte(in.readerIndex() + length) != letter) {
                throw new CodecException("no " + letter);
            }
            out.writeBytes(in, in.readerIndex(), length);
        }
    }

    private static PeerBuilder letters(PeerBuilder options, String letters) {
        letters.chars().forEach(letter -> options.plugin(new Letter((char) letter)));
        return options;
    }

    private void connectWithLetters(String ofServer, String ofClient) {
        connect(options -> letters(options, ofServer), options -> letters(options, ofClient));
        server.router()
                .call("/text", String.class, (context, text) -> text + "!")
                .call("/bytes", byte[].class, (context, bytes) -> bytes)
                .call("/refuse", String.class, (context, text) -> {
                    throw Status.of(7, "refused").toException();
                });
    }

    @Test
    void pluginsInTheSameOrderUndoEachOther() {
        connectWithLetters("abc", "abc");

        assertThat(session.call("/text", "x", String.class)).isEqualTo("x!");
        assertThat(session.request("/refuse").call("x", String.class).status()).isEqualTo(Status.of(7, "refused"));
    }

    @Test
    void theLastPluginIsTheOutermost() {
        connectWithLetters("", "abc");
        server.router().call("/seen", byte[].class, (context, bytes) -> {
            assertThat(new String(bytes, StandardCharsets.US_ASCII)).isEqualTo("\"x\"abc");
            return bytes;
        });

        assertThat(session.call("/seen", "x", String.class)).isEqualTo("x");
    }

    @Test
    void aBodyThatATransformRefusesIsABadMessage() {
        connectWithLetters("ab", "ba");

        assertThat(session.request("/text").call("x", String.class).status()).isEqualTo(Status.builtIn(400, "no b"));
    }

    @Test
    void aReplyThatATransformRefusesIsABadMessage() {
        connect(
                options -> options,
                options -> options.plugin(new PreReadReplyBodyHook() {
                    @Override
                    public String name() {
                        return "refuses replies";
                    }

                    @Override
                    public void preReadReplyBody(IncomingMessage reply) {
                        new Letter('a').preReadReplyBody(reply);
                    }
                }));
        server.router().call("/text", String.class, (context, text) -> text);

        assertThat(session.request("/text").call("x", String.class).status()).isEqualTo(Status.builtIn(400, "no a"));
    }

    /** Writes more than it may, as a careless decompression would. */
    private static final BodyTransform SWELLING = (in, out, limit) -> out.writeZero(limit + 1);

    @Test
    void aBodyAboveTheMessageLimitIsRefused() {
        PreReadCallBodyHook swelling = new PreReadCallBodyHook() {
            @Override
            public String name() {
                return "swelling";
            }

            @Override
            public void preReadCallBody(IncomingMessage call) {
                call.addBodyTransform(SWELLING);
            }
        };
        connect(options -> options.messageLimit(1024).plugin(swelling), options -> options);
        server.router().call("/bytes", byte[].class, (context, bytes) -> bytes);

        assertThat(session.request("/bytes").call("x", byte[].class).status())
                .isEqualTo(Status.builtIn(400, "size of body exceeds limit: 1025 bytes, limit 1024"));
    }

    @Test
    void whatSwellsCountsAgainstTheBytesInHandling() throws Exception {
        CompletableFuture<Void> started = new CompletableFuture<>();
        CompletableFuture<Void> end = new CompletableFuture<>();
        AtomicReference<Integer> limitSeen = new AtomicReference<>();
        PreReadCallBodyHook swelling = new PreReadCallBodyHook() {
            @Override
            public String name() {
                return "swelling";
            }

            @Override
            public void preReadCallBody(IncomingMessage call) {
                if (call.serviceMethod().equals("/hold")) {
                    call.addBodyTransform((in, out, limit) -> {
                        limitSeen.set(limit);
                        out.writeZero(limit);
                    });
                }
            }
        };
        connect(options -> options.messageLimit(1024).plugin(swelling), options -> options);
        AtomicInteger holding = new AtomicInteger();
        server.router()
                .call("/hold", byte[].class, (context, bytes) -> {
                    if (holding.incrementAndGet() == PeerDefaults.INBOUND_MESSAGES) {
                        started.complete(null);
                    }
                    return end.thenApply(none -> null);
                })
                .call("/bytes", byte[].class, (context, bytes) -> bytes);
        List<CompletableFuture<byte[]>> held = IntStream.range(0, PeerDefaults.INBOUND_MESSAGES)
                .mapToObj(i -> session.callAsync("/hold", "x", byte[].class))
                .toList();
        soon(started);

        // What is held was a few bytes each when it came.
        assertThat(session.request("/bytes").call("x", byte[].class).status().msg())
                .startsWith("inbound overload");

        end.complete(null);
        for (CompletableFuture<byte[]> one : held) {
            soon(one);
        }
        assertThat(limitSeen).hasValue(1024);
        assertThat(session.request("/bytes").call("x", byte[].class).isOk()).isTrue();
    }
}
