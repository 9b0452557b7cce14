package io.teleport.boot.autoconfigure;

import io.teleport.router.RouteConflictException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Two handlers want the same route. */
final class RouteConflictFailureAnalyzer extends AbstractFailureAnalyzer<RouteConflictException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RouteConflictException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Give one of the two methods another path, one of the controllers another prefix, or each its own peers in "
                        + "@TeleportController(peers = ...).",
                cause);
    }
}
