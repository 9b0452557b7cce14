package io.teleport.boot.autoconfigure;

import io.teleport.router.InvalidHandlerException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A mapped method cannot be a handler. */
final class InvalidHandlerFailureAnalyzer extends AbstractFailureAnalyzer<InvalidHandlerException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidHandlerException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Change the method. A handler takes one body at the most, and any of CallContext or PushContext, Session, Metadata and @Meta "
                        + "parameters; the handler of a PUSH returns nothing.",
                cause);
    }
}
