package io.teleport.boot.autoconfigure;

import io.teleport.boot.client.InvalidClientException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** An interface cannot be a declarative client. */
final class InvalidClientFailureAnalyzer extends AbstractFailureAnalyzer<InvalidClientException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidClientException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Change the interface. Its methods need @CallMapping or @PushMapping, and take one body at the most and @Meta parameters; its peer "
                        + "needs an address to dial.",
                cause);
    }
}
