package io.teleport.sample.chat;

import io.teleport.boot.handler.CallMapping;
import io.teleport.boot.handler.TeleportController;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.plugin.runlog.Secret;
import io.teleport.session.Principal;
import io.teleport.session.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;

/**
 * How a page logs in. It reaches the peer {@code browser} without a token, as the other routes there are for everybody, and logs in with a CALL when it
 * wants to chat. The peer {@code chat} needs none of this: there the auth plugin logs in before a session is open.
 */
@TeleportController(value = "chat", peers = "browser")
@Profile("!fleet")
class ChatLogin {

    /** Argument of {@code /chat/login}. */
    record Login(@Secret @Nullable String token) {}

    private final ChatTokens tokens;

    ChatLogin(ChatTokens tokens) {
        this.tokens = tokens;
    }

    /** Logs in and tells as whom. Another session of that user on this peer is closed. */
    @CallMapping
    String login(Login login, Session session) {
        Principal user = login.token() == null ? null : tokens.userOf(login.token());
        if (user == null) {
            throw new StatusException(Status.builtIn(StatusCode.UNAUTHORIZED, "invalid token"));
        }
        if (!user.equals(session.principal())) {
            session.login(user);
        }
        return user.name();
    }
}
