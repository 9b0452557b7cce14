package io.teleport.interop.peers;

import io.teleport.message.Metadata;
import io.teleport.message.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Go peer's JSON: the parts of its events, as {@code go-peer/README.md} names them, and its commands. */
final class GoJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private GoJson() {}

    static JsonNode parse(String line) {
        return MAPPER.readTree(line);
    }

    /** Text stands for itself. */
    static <T> T read(String text, Class<T> type) {
        return type == String.class ? type.cast(text) : MAPPER.readValue(text, type);
    }

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static Status status(JsonNode event) {
        JsonNode status = event.required("status");
        return Status.of(
                status.required("code").intValue(),
                status.required("msg").stringValue(),
                status.required("cause").stringValue());
    }

    static Metadata metadata(JsonNode event) {
        Metadata.Builder pairs = Metadata.builder();
        for (JsonNode pair : event.required("meta_pairs")) {
            pairs.add(pair.required(0).stringValue(), pair.required(1).stringValue());
        }
        return pairs.build();
    }

    static <T> Outcome<T> outcome(JsonNode event, Class<T> type) {
        JsonNode error = event.path("result_error");
        Status status = status(event);
        if (status.isOk() && !error.isMissingNode()) {
            throw new AssertionError("The Go peer cannot read the result: " + event);
        }
        JsonNode result = event.required("result");
        T value = result.isNull() ? null : MAPPER.convertValue(result, type);
        return new Outcome<>(status, metadata(event), event.required("codec_id").intValue(), value);
    }

    static Received received(JsonNode event) {
        return new Received(
                event.required("method").stringValue(),
                event.required("session").stringValue(),
                event.required("codec_id").intValue(),
                event.path("filters").asString(""),
                metadata(event),
                event.path("body").isString()
                        ? event.path("body").stringValue()
                        : event.path("body").toString());
    }

    static Map<String, Object> command(String name, int id, Ask<?> ask) {
        Map<String, Object> command = new LinkedHashMap<>(Map.of("cmd", name, "id", id, "method", ask.method()));
        if (ask.body() != null) {
            command.put("args", ask.body());
        }
        List<List<String>> meta = new ArrayList<>();
        ask.metadata().entries().forEach(entry -> meta.add(List.of(entry.key(), entry.value())));
        command.put("meta", meta);
        command.put("filters", ask.filters());
        if (ask.codec() != null) {
            command.put("codec", ask.codec());
        }
        return command;
    }

    static Map<String, Object> ending(String command, Ending how) {
        return Map.of("cmd", command, "abrupt", how == Ending.ABRUPT, "reset", how == Ending.RESET);
    }
}
