package io.teleport.protocol;

/** A message of ours does not fit the protocol or the message limit. Nothing of it was sent. */
public final class EncodeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EncodeException(String message) {
        super(message);
    }
}
