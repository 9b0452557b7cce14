package io.teleport.sample.demo;

import io.teleport.message.StatusException;
import io.teleport.sample.chat.JoinRequest;
import io.teleport.sample.chat.SayRequest;
import io.teleport.sample.math.Division;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Uses the service as any client would, and prints each call and push with its result. */
@Component
@ConditionalOnBooleanProperty("sample.demo")
class DemoClient {

    private static final Logger log = LoggerFactory.getLogger(DemoClient.class);

    private final SampleClient service;

    private final ChatClient chat;

    private final DemoLogins logins;

    private final DemoPushes pushes;

    DemoClient(SampleClient service, ChatClient chat, DemoLogins logins, DemoPushes pushes) {
        this.service = service;
        this.chat = chat;
        this.logins = logins;
        this.pushes = pushes;
    }

    /** On a thread of its own: it waits for pushes, and the application must not wait for it. */
    @EventListener(ApplicationReadyEvent.class)
    void start() {
        Thread thread = new Thread(this::run, "demo");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        show("CALL /math/add [1,2,3]", () -> service.add(new int[] {1, 2, 3}, "demo"));
        show("CALL /math/add [2147483647,1]", () -> service.add(new int[] {Integer.MAX_VALUE, 1}, "demo"));
        show("CALL /math/divide 84/2", () -> service.divide(new Division(84, 2)));
        show("CALL /math/divide 1/0", () -> service.divide(new Division(1, 0)));
        show(
                "CALL /echo/bytes",
                () -> new String(
                        service.echo("bytes as they are".getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8));
        show("CALL /echo/sleep 50", () -> service.sleep(50).get());
        show("CALL /chat/join lobby, logged in as ada", () -> chat.join(new JoinRequest("lobby")));
        show("CALL /chat/say", () -> chat.say(new SayRequest("hello, everybody")));
        show("CALL /chat/members", chat::members);
        show("a login with a wrong token", logins::wrongly);
        show("bob logs in twice", logins::twice);
        show("PUSH /status", () -> {
            service.status("the demo is nearly done");
            return "sent";
        });
        try {
            pushes.await();
            log.info("demo: done; the service goes on until Ctrl-C");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void show(String what, Callable<?> call) {
        try {
            log.info("demo: {} -> {}", what, call.call());
        } catch (StatusException e) {
            log.info("demo: {} -> status {}", what, e.status());
        } catch (Exception e) {
            log.warn("demo: {} failed", what, e);
        }
    }
}
