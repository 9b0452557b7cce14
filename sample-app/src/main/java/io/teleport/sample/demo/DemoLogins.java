package io.teleport.sample.demo;

import io.teleport.boot.Teleport;
import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.peer.Peer;
import io.teleport.plugin.auth.AuthBearer;
import io.teleport.plugin.auth.TokenSupplier;
import io.teleport.session.Session;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/** Logins at the chat as a client without Spring makes them. */
@Component
@ConditionalOnBooleanProperty("sample.demo")
class DemoLogins {

    private final Teleport teleport;

    private final String token;

    DemoLogins(Teleport teleport, @Value("${sample.tokens.bob}") String token) {
        this.teleport = teleport;
        this.token = token;
    }

    /** Logs in twice and tells what became of the first session. */
    String twice() throws Exception {
        try (Peer bob = client(token)) {
            Session first = bob.dial(address());
            bob.dial(address());
            return "the first session is "
                    + first.closeFuture().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return "the first session is still open";
        }
    }

    /** Tells how a wrong token is refused. */
    Status wrongly() {
        try (Peer eve = client("a guess")) {
            return Status.builtIn(0, "logged in as " + eve.dial(address()).id());
        } catch (StatusException e) {
            return e.status();
        }
    }

    private static Peer client(String secret) {
        return Peer.builder()
                .name("demo-login")
                .plugin(AuthBearer.of(TokenSupplier.fixed(secret)))
                .build();
    }

    private String address() {
        return "tcp://127.0.0.1:" + teleport.peer("chat").port();
    }
}
