package io.teleport.boot.autoconfigure;

import io.teleport.boot.UnknownPeerException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** An annotation or the application names a peer that is not configured. */
final class UnknownPeerFailureAnalyzer extends AbstractFailureAnalyzer<UnknownPeerException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnknownPeerException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Configure teleport.peers." + cause.name() + ", or name one of the peers there are: " + cause.known()
                        + ".",
                cause);
    }
}
