package io.teleport.plugin.auth;

import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.session.Handshake;
import io.teleport.session.IncomingMessage;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;

/** What both sides do about the messages of this plugin. */
final class AuthMessages {

    private AuthMessages() {}

    /** Receives the next message and refuses every other type, as Go does and in its words. */
    static CompletableFuture<IncomingMessage> receive(Handshake handshake, MessageType expected, Type bodyType) {
        return handshake
                .receive(header -> header.type() == expected && header.status().isOk() ? bodyType : void.class)
                .thenApply(message -> require(expected, message));
    }

    private static IncomingMessage require(MessageType expected, IncomingMessage message) {
        if (message.type() != expected) {
            throw refusal(Status.builtIn(
                    StatusCode.UNAUTHORIZED,
                    "auth message(1st) expect: " + expected.text() + ", but received: "
                            + message.type().text()));
        }
        return message;
    }

    static StatusException refusal(Status status) {
        return StatusException.withoutStackTrace(status);
    }
}
