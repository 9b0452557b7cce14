package io.teleport.plugin.secure;

import java.security.GeneralSecurityException;

/** A manner of encrypting bodies. Thread-safe. */
interface Cryptography {

    /**
     * Encrypts a body.
     *
     * @param place what the body belongs to; see {@link Place}
     */
    Envelope seal(byte[] body, byte[] place) throws GeneralSecurityException;

    /**
     * Decrypts a body.
     *
     * @throws GeneralSecurityException if the envelope is of another version, or broken; its message is sent to the other side
     */
    byte[] open(Envelope envelope, byte[] place) throws GeneralSecurityException;
}
