package io.teleport.sample.status;

import io.teleport.boot.handler.PushMapping;
import io.teleport.boot.handler.TeleportController;
import io.teleport.message.LogText;
import io.teleport.router.PushContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;

@TeleportController(peers = {"service", "browser"})
@Profile("!fleet")
class StatusController {

    private static final Logger log = LoggerFactory.getLogger(StatusController.class);

    @PushMapping("/status")
    void status(String text, PushContext context) {
        log.info("status of {}: {}", context.remoteAddress(), LogText.of(text));
    }
}
