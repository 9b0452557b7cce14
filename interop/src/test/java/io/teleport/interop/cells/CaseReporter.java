package io.teleport.interop.cells;

import io.teleport.interop.matrix.CaseName;
import io.teleport.interop.matrix.Column;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Puts what became of a case into the table; its test instance is a {@link Column}. One that does not apply is left empty. */
public final class CaseReporter implements TestWatcher {

    @Override
    public void testSuccessful(ExtensionContext context) {
        put(context, GoLimits.OK);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        put(context, CellReporter.FAILED);
    }

    private static void put(ExtensionContext context, String verdict) {
        Column test = (Column) context.getRequiredTestInstance();
        CellTable.of(context).putCase(CaseName.of(context), test.column(), verdict);
    }
}
