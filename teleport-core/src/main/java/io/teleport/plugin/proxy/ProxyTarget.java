package io.teleport.plugin.proxy;

import io.teleport.router.MessageContext;
import io.teleport.session.Requester;
import java.util.concurrent.CompletionStage;

/** Chooses where a message is forwarded to. */
@FunctionalInterface
public interface ProxyTarget {

    /**
     * The session to forward over. Called on a handler thread, by several at once; must not block.
     *
     * @param message what is to be forwarded: its service method, metadata, session and real IP
     * @return fails if there is no session to be had; the caller gets 502 "Bad Gateway" then, as it does when this throws
     */
    CompletionStage<? extends Requester> choose(MessageContext message);
}
