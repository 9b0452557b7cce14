package io.teleport.session;

import io.teleport.message.Status;
import io.teleport.message.StatusException;

/** A plugin refused to dial at all; it is not tried again. */
public final class RefusedDialException extends StatusException {

    private static final long serialVersionUID = 1;

    public RefusedDialException(Status status) {
        super(status);
    }
}
