package io.teleport.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** An address, a protocol, a codec or another setting of a peer cannot be used. */
final class InvalidPeerFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPeerException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidPeerException cause) {
        return new FailureAnalysis(
                cause.getMessage(), "Correct " + cause.property() + ", or what it gets from teleport.defaults.", cause);
    }
}
