package io.teleport.interop.peers;

import io.teleport.socket.CloseReason;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** What the Go client and the Go server have in common. */
public abstract class GoSide implements Side {

    final GoProcess process;

    GoSide(GoProcess process) {
        this.process = process;
    }

    @Override
    public Received awaitCall(String method) {
        return GoJson.received(process.awaitEvent("call", event -> isTo(method, event)));
    }

    @Override
    public List<String> callsSoFar() {
        return process.takeEvents("call").stream()
                .map(event -> event.required("method").stringValue())
                .toList();
    }

    @Override
    public Received awaitPush(String method) {
        return GoJson.received(process.awaitEvent("push", event -> isTo(method, event)));
    }

    /** Waits for an event of the Go peer, by its name. */
    public JsonNode awaitEvent(String name) {
        return process.awaitEvent(name);
    }

    /** Waits for one of this content. */
    public JsonNode awaitEvent(String name, Predicate<JsonNode> wanted) {
        return process.awaitEvent(name, wanted);
    }

    private static boolean isTo(String method, JsonNode event) {
        return event.path("method").asString().equals(method);
    }

    /** Go knows no reasons, only whether it closed gracefully itself. */
    @Override
    public void expectEnd(CloseReason reason) {
        JsonNode end = process.awaitEvent("session_closed");
        if (reason != CloseReason.LOCAL && end.required("own_close").booleanValue()) {
            throw new AssertionError("The Go peer says it closed by itself, expected " + reason + ": " + end);
        }
    }

    @Override
    public boolean canEnd(Ending how) {
        return true;
    }

    @Override
    public void close() {
        process.close();
    }
}
