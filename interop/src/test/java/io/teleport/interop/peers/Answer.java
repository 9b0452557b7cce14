package io.teleport.interop.peers;

/** A call that has begun. */
@FunctionalInterface
public interface Answer<T> {

    /** Waits for its outcome; a call without one fails the test. */
    Outcome<T> await();
}
