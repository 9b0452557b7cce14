package io.teleport.sample.demo;

import io.teleport.boot.client.TeleportClient;
import io.teleport.boot.handler.CallMapping;
import io.teleport.boot.handler.Meta;
import io.teleport.boot.handler.PushMapping;
import io.teleport.sample.math.Division;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;

/** The sample's service as an interface: each method is a CALL or a PUSH over one connection. */
@TeleportClient(peer = "demo")
@ConditionalOnBooleanProperty("sample.demo")
interface SampleClient {

    @CallMapping("/math/add")
    int add(int[] numbers, @Meta("author") String author);

    @CallMapping("/math/divide")
    double divide(Division division);

    @CallMapping("/echo/bytes")
    byte[] echo(byte[] bytes);

    @CallMapping("/echo/sleep")
    CompletableFuture<Long> sleep(long milliseconds);

    @PushMapping("/status")
    void status(String text);
}
