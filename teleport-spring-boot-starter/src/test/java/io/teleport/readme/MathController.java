package io.teleport.readme;

import io.teleport.boot.handler.CallMapping;
import io.teleport.boot.handler.Meta;
import io.teleport.boot.handler.PushMapping;
import io.teleport.boot.handler.TeleportController;
import io.teleport.session.Session;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

@TeleportController("math")
class MathController {

    @CallMapping
    int add(int[] numbers, @Meta(value = "author", required = false) @Nullable String author) {
        return IntStream.of(numbers).sum();
    }

    @PushMapping
    void reset(Session session) {
        session.push("/push/status", "reset was asked for by " + session.id());
    }
}
