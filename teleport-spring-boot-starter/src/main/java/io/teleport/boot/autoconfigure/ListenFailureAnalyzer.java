package io.teleport.boot.autoconfigure;

import io.teleport.peer.ListenException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** An address is taken, or is not one of this machine. */
final class ListenFailureAnalyzer extends AbstractFailureAnalyzer<ListenException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ListenException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Stop what listens on " + cause.address()
                        + ", most often another process, or choose another address in "
                        + "teleport.peers.<name>.listen (port 0 is any free one).",
                cause);
    }
}
