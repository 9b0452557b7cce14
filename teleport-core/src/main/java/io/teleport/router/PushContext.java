package io.teleport.router;

import io.teleport.session.IncomingMessage;

/** Context of a PUSH. */
public final class PushContext extends MessageContext {

    PushContext(IncomingMessage message, Cancellation cancellation) {
        super(message, cancellation);
    }
}
