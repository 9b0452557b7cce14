package io.teleport.protocol.json;

import java.util.List;

/** What JSON is made of, for fuzzing. */
final class JsonTokens {

    static final List<String> ALL = List.of(
            "\"",
            "\\",
            "\\\"",
            "\\u00",
            "\\ud83d",
            "\\U0001f600",
            "\\x",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            " ",
            "null",
            "-1",
            "1e9",
            "4294967296",
            "\"seq\":",
            "\"body\":",
            "\"body\": \"",
            "\",\"xferPipe\":[",
            "\"status\":\"code=1\",",
            "\"x\":{\"y\":[1,true,\"z\"]},");

    private JsonTokens() {}
}
