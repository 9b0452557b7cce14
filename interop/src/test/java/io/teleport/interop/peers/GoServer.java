package io.teleport.interop.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The Go peer as server. */
public final class GoServer extends GoSide implements ServerSide {

    private final String address;

    public GoServer(Wire wire) {
        this(wire, wire.carrier().goListen(), Equipment.NONE);
    }

    /** @param listen where, in Go's words */
    public GoServer(Wire wire, String listen, Equipment equipment) {
        super(GoProcess.start("server", wire, equipment.goArguments("--listen", listen)));
        this.address = process.awaitEvent("listening").required("addr").stringValue();
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public String awaitSession() {
        return process.awaitEvent("session_open").required("id").stringValue();
    }

    @Override
    public void pushAll(String method, String text) {
        process.send(Map.of("cmd", "push_all", "method", method, "text", text));
    }

    @Override
    public List<Outcome<Integer>> callAll(String method, int... numbers) {
        process.send(Map.of("cmd", "call_all", "method", method, "numbers", numbers));
        int sessions = process.awaitEvent("call_all_done").required("count").intValue();
        List<Outcome<Integer>> outcomes = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            JsonNode result = process.awaitEvent("result");
            outcomes.add(GoJson.outcome(result, Integer.class));
        }
        return outcomes;
    }

    @Override
    public void endAll(Ending how) {
        process.send(GoJson.ending("close_all", how));
    }

    @Override
    public void shutDown() {
        process.send(Map.of("cmd", "exit"));
        process.awaitSuccess();
    }
}
