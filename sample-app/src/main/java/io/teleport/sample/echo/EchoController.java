package io.teleport.sample.echo;

import io.teleport.boot.handler.CallMapping;
import io.teleport.boot.handler.TeleportController;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Profile;

@TeleportController(
        value = "echo",
        peers = {"service", "browser"})
@Profile("!fleet")
class EchoController {

    /** Longer naps would outlive the caller's patience: the default call timeout is 30 s. */
    private static final long LONGEST_SLEEP_MILLIS = 60_000;

    @CallMapping
    byte[] bytes(byte[] body) {
        return body;
    }

    /** Holds no thread while it sleeps, and nothing at all once its caller is gone: the future is cancelled then. */
    @CallMapping(interruptible = true)
    CompletableFuture<Long> sleep(long milliseconds) {
        if (milliseconds < 0 || milliseconds > LONGEST_SLEEP_MILLIS) {
            throw new StatusException(
                    StatusCode.BAD_MESSAGE,
                    "Bad Message",
                    "got " + milliseconds + " ms (expected 0 to " + LONGEST_SLEEP_MILLIS + ")");
        }
        return new CompletableFuture<Long>().completeOnTimeout(milliseconds, milliseconds, TimeUnit.MILLISECONDS);
    }
}
