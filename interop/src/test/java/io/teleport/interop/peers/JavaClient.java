package io.teleport.interop.peers;

import io.teleport.interop.bodies.BodyForm;
import io.teleport.interop.bodies.Sample;
import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.peer.DialOptions;
import io.teleport.peer.Peer;
import io.teleport.session.RedialListener;
import io.teleport.session.Request;
import io.teleport.session.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A Java peer that has dialed. */
public final class JavaClient extends JavaSide implements ClientSide {

    private final Session session;

    private final Mailbox<String> failedRounds = new Mailbox<>();

    private final RedialListener redials = new RedialListener() {
        @Override
        public void waiting(Duration delay) {
            failedRounds.add("waiting " + delay);
        }
    };

    public JavaClient(Wire wire, String address) {
        this(wire, address, Equipment.NONE);
    }

    public JavaClient(Wire wire, String address, Equipment equipment) {
        super(wire, false, Peer.builder().name("client").register(new OpaqueCodec(UNKNOWN_CODEC)), equipment);
        peer.router()
                .call("/client/add", int[].class, (context, numbers) -> {
                    recorder.call(context);
                    return IntStream.of(numbers).sum();
                })
                .unknownPush(String.class, recorder::push);
        try {
            this.session = peer.dial(equipment
                    .dial()
                    .apply(DialOptions.to(wire.carrier().javaDial(address)).listener(redials)));
        } catch (RuntimeException e) {
            peer.close();
            throw e;
        }
    }

    /** What dialing comes to when the server refuses it. */
    public static Status refusal(Wire wire, String address, Equipment equipment) {
        try (JavaClient client = new JavaClient(wire, address, equipment)) {
            throw new AssertionError("The Java peer was not refused: " + client.session);
        } catch (StatusException e) {
            return Outcome.asGoSays(e.status());
        }
    }

    @Override
    public String sessionId() {
        return session.id();
    }

    @Override
    public void awaitRedialing() {
        failedRounds.await("failed round of dialing", any -> true);
    }

    @Override
    public <T> Answer<T> begin(Ask<T> ask) {
        return answer(request(session, ask).callAsync(ask.body(), ask.resultType()));
    }

    @Override
    public BodyForm<?> form(BodyForm<?> codec) {
        return codec;
    }

    @Override
    public Outcome<Boolean> callBig(String method, BodyForm<?> codec, int size, String filters) {
        String letters = new Random(size)
                .ints(size, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        Sample sample = codec.sample(1, letters);
        return begin(method, codec, sample, filters)
                .await()
                .map(result -> result.text().equals(sample.changed().text()));
    }

    @Override
    public Status push(Ask<?> ask) {
        return push(session, ask);
    }

    @Override
    public Outcome<byte[]> callBytes(String method, byte[] body, int codecId, String filters) {
        return answer(filters(underCodec(method, codecId), filters).callAsync(body, byte[].class))
                .await();
    }

    @Override
    public Outcome<Boolean> callBig(int size, String filters) {
        byte[] random = new byte[size];
        new Random(size).nextBytes(random);
        Outcome<byte[]> echo = callBytes("/echo/bytes", random, 'j', filters);
        return new Outcome<>(echo.status(), echo.metadata(), echo.codec(), Arrays.equals(random, echo.value()));
    }

    private Request underCodec(String method, int codecId) {
        return session.request(method)
                .codec(
                        switch (codecId) {
                            case 'j' -> "json";
                            case 's' -> "plain";
                            default -> new OpaqueCodec(codecId).name();
                        });
    }

    @Override
    public List<Outcome<Integer>> callBadly(byte[] body) {
        Outcome<Integer> bad = answer(underCodec("/math/add", 'j').callAsync(body, Integer.class))
                .await();
        return List.of(bad, call(Ask.sum(1, 2, 3)));
    }

    @Override
    public Many callMany(Many.Kind kind, int count) {
        List<Answer<?>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(
                    switch (kind) {
                        case SUM -> begin(Ask.sum(i, 2 * i, 7));
                        case NUMBER -> begin(Ask.of("/echo/sleep", i, Integer.class));
                        case BYTES -> begin(Ask.of("/echo/bytes", bytes(i), byte[].class));
                    });
        }
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Outcome<?> outcome = answers.get(i).await();
            boolean right = outcome.status().isOk()
                    && switch (kind) {
                        case SUM -> Integer.valueOf(3 * i + 7).equals(outcome.value());
                        case NUMBER -> Integer.valueOf(i).equals(outcome.value());
                        case BYTES -> Arrays.equals(bytes(i), (byte[]) outcome.value());
                    };
            if (!right) {
                wrong.add("call " + i + ": " + outcome);
            }
        }
        return new Many(count - wrong.size(), wrong);
    }

    private static byte[] bytes(int i) {
        return ("body of call " + i + "\n").repeat(1 + i % 32).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void end(Ending how) {
        end(session, how);
    }
}
