package io.teleport.interop.peers;

import io.teleport.interop.bodies.BodyForm;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** The Go peer as client, connected and taking commands; some cases it only has as programs of their own, each with its own session. */
public final class GoClient extends GoSide implements ClientSide {

    private final Wire wire;

    private final String address;

    private final String sessionId;

    private final AtomicInteger ids = new AtomicInteger();

    public GoClient(Wire wire, String address) {
        this(wire, address, Equipment.NONE);
    }

    public GoClient(Wire wire, String address, Equipment equipment) {
        super(start(wire, address, "serve", equipment.goArguments()));
        this.wire = wire;
        this.address = address;
        this.sessionId = process.awaitEvent("serving").required("id").stringValue();
    }

    /** What dialing comes to when the server refuses it. */
    public static Status refusal(Wire wire, String address, Equipment equipment) {
        try (GoProcess program = start(wire, address, "serve", equipment.goArguments())) {
            Status status = GoJson.status(program.awaitEvent("dial"));
            if (status.isOk()) {
                throw new AssertionError("The Go peer was not refused");
            }
            program.awaitSuccess();
            return status;
        }
    }

    /** A client that is about to dial and may never get further. */
    public static GoSide dialing(Wire wire, String address, Equipment equipment) {
        return new GoSide(start(wire, address, "serve", equipment.goArguments())) {};
    }

    private static GoProcess start(Wire wire, String address, String program, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--addr", address, "--do", program, "--timeout", "10m"));
        Collections.addAll(all, arguments);
        return GoProcess.start("client", wire, all.toArray(String[]::new));
    }

    @Override
    public String sessionId() {
        return sessionId;
    }

    @Override
    public void awaitRedialing() {
        process.awaitEvent("redialing");
    }

    @Override
    public <T> Answer<T> begin(Ask<T> ask) {
        int id = ids.incrementAndGet();
        process.send(GoJson.command("call", id, ask));
        return () -> GoJson.outcome(process.awaitEvent("result", event -> isOf(id, event)), ask.resultType());
    }

    @Override
    public BodyForm<?> form(BodyForm<?> codec) {
        return codec.told();
    }

    @Override
    public Outcome<Boolean> callBig(String method, BodyForm<?> codec, int size, String filters) {
        int id = ids.incrementAndGet();
        process.send(Map.of(
                "cmd", "big", "id", id, "method", method, "codec", codec.codec(), "filters", filters, "size", size));
        JsonNode big = process.awaitEvent("big", event -> isOf(id, event));
        boolean equal = big.required("equal").booleanValue()
                && big.required("received_size").intValue() == size + 1;
        return new Outcome<>(GoJson.status(big), Metadata.empty(), 0, equal);
    }

    @Override
    public Status push(Ask<?> ask) {
        int id = ids.incrementAndGet();
        process.send(GoJson.command("push", id, ask));
        return GoJson.status(process.awaitEvent("pushed", event -> isOf(id, event)));
    }

    private static boolean isOf(int id, JsonNode event) {
        return event.path("id").asInt(0) == id;
    }

    @Override
    public Outcome<byte[]> callBytes(String method, byte[] body, int codecId, String filters) {
        try (GoProcess program = start(
                wire,
                address,
                "call_raw",
                "--method",
                method,
                "--codec-id",
                Integer.toString(codecId),
                "--filters",
                filters,
                "--body-hex",
                HexFormat.of().formatHex(body))) {
            JsonNode result = program.awaitEvent("result");
            program.awaitSuccess();
            return new Outcome<>(
                    GoJson.status(result),
                    GoJson.metadata(result),
                    result.required("codec_id").intValue(),
                    HexFormat.of().parseHex(result.required("result_hex").stringValue()));
        }
    }

    @Override
    public Outcome<Boolean> callBig(int size, String filters) {
        try (GoProcess program = start(wire, address, "big", "--size", Integer.toString(size), "--filters", filters)) {
            JsonNode big = program.awaitEvent("big");
            program.awaitSuccess();
            return new Outcome<>(
                    GoJson.status(big),
                    Metadata.empty(),
                    0,
                    big.required("equal").booleanValue()
                            && big.required("received_size").intValue() == size);
        }
    }

    @Override
    public List<Outcome<Integer>> callBadly(byte[] body) {
        try (GoProcess program =
                start(wire, address, "bad_body", "--body-hex", HexFormat.of().formatHex(body))) {
            List<Outcome<Integer>> outcomes = List.of(step(program, "bad_body"), step(program, "after"));
            program.awaitSuccess();
            return outcomes;
        }
    }

    private static Outcome<Integer> step(GoProcess program, String name) {
        return GoJson.outcome(
                program.awaitEvent(
                        "result", event -> event.path("step").asString().equals(name)),
                Integer.class);
    }

    @Override
    public Many callMany(Many.Kind kind, int count) {
        String name = kind.name().toLowerCase(java.util.Locale.ROOT);
        try (GoProcess program = start(wire, address, "many", "--n", Integer.toString(count), "--kind", name)) {
            JsonNode result = program.awaitEvent("many");
            program.awaitSuccess();
            List<String> wrong = new ArrayList<>();
            result.required("mismatch_texts").forEach(text -> wrong.add(text.stringValue()));
            if (result.required("codes").size() != 1) {
                wrong.add("codes " + result.required("codes"));
            }
            return new Many(result.required("ok").intValue(), wrong);
        }
    }

    @Override
    public void end(Ending how) {
        process.send(GoJson.ending("close", how));
    }
}
