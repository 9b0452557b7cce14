package io.teleport.interop.matrix;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

final class MatrixReporter implements TestWatcher {

    @Override
    public void testSuccessful(ExtensionContext context) {
        put(context, "ok");
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        put(context, "FAILED");
    }

    /** An assumption did not hold: the case does not exist in this pairing. */
    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        put(context, "-");
        Matrix.of(context)
                .note("-  " + CaseName.of(context) + ": "
                        + String.valueOf(cause.getMessage()).replaceFirst("^Assumption failed: ", ""));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        put(context, "skipped");
    }

    private static void put(ExtensionContext context, String result) {
        String column = context.getTestInstance()
                .map(instance -> ((Column) instance).column())
                .orElse(context.getRequiredTestClass().getSimpleName());
        Matrix.of(context).put(CaseName.of(context), column, result);
    }
}
