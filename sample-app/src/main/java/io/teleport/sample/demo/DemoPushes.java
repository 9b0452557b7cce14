package io.teleport.sample.demo;

import io.teleport.boot.handler.PushMapping;
import io.teleport.boot.handler.TeleportController;
import io.teleport.sample.chat.ChatMessage;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;

/** What the service pushes to the demo. */
@TeleportController(peers = {"demo", "demo-chat"})
@ConditionalOnBooleanProperty("sample.demo")
class DemoPushes {

    private static final Logger log = LoggerFactory.getLogger(DemoPushes.class);

    private final CountDownLatch firstOfEach = new CountDownLatch(2);

    private boolean chatSeen;

    private boolean statusSeen;

    @PushMapping("/chat/message")
    synchronized void chat(ChatMessage message) {
        log.info("demo: PUSH /chat/message from the service: {}", message);
        if (!chatSeen) {
            chatSeen = true;
            firstOfEach.countDown();
        }
    }

    @PushMapping("/push/status")
    synchronized void status(String text) {
        if (!statusSeen) {
            log.info("demo: PUSH /push/status from the service: {} (later ones are not shown)", text);
            statusSeen = true;
            firstOfEach.countDown();
        }
    }

    /** Waits until one push of each kind has come. */
    void await() throws InterruptedException {
        firstOfEach.await();
    }
}
