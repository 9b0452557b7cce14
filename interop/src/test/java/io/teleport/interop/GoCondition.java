package io.teleport.interop;

import io.teleport.interop.matrix.Matrix;
import io.teleport.interop.peers.GoBinary;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Says below the matrix what was skipped, since a build's output does not tell the reasons of skipped tests. */
final class GoCondition implements ExecutionCondition {

    private static final String REASON = "go is not on the PATH, so there is no Go peer to talk to (-D"
            + GoBinary.REQUIRED + "=true makes this a failure)";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (GoBinary.isThereOrMustBe()) {
            return ConditionEvaluationResult.enabled("there is a Go peer, or there must be one");
        }
        Matrix.of(context).note("SKIPPED " + context.getDisplayName() + ": " + REASON);
        return ConditionEvaluationResult.disabled(REASON);
    }
}
