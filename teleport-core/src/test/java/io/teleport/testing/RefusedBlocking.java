package io.teleport.testing;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;
import reactor.blockhound.BlockingOperationError;

/** Refuses blocking calls and remembers that they were made. Thread-safe. */
final class RefusedBlocking {

    static final RefusedBlocking OF_THIS_RUN = new RefusedBlocking();

    private final Queue<BlockingOperationError> errors = new ConcurrentLinkedQueue<>();

    /** Apart from {@link EventLoopGuard}, which JUnit also loads where BlockHound is not on the class path. */
    static void install() {
        BlockHound.builder()
                // Netty's own says which threads must not block, and where its event loops wait for work.
                .loadIntegrations(new AllowedBlocking())
                .blockingMethodCallback(OF_THIS_RUN::refuse)
                .install();
    }

    /** On the thread that is about to block. */
    void refuse(BlockingMethod method) {
        BlockingOperationError error = new BlockingOperationError(method);
        errors.add(error);
        throw error;
    }

    /** Fails if there was any. */
    void check() {
        List<BlockingOperationError> refused = List.copyOf(errors);
        refused.forEach(Throwable::printStackTrace);
        if (!refused.isEmpty()) {
            throw new AssertionError(
                    "Event loops were blocked in this test run; where, say the traces of BlockingOperationErrors above: "
                            + refused);
        }
    }

    /** For the test that blocks on purpose: whether this very error was remembered; it no longer is. */
    boolean forget(BlockingOperationError error) {
        return errors.removeIf(other -> other == error);
    }
}
