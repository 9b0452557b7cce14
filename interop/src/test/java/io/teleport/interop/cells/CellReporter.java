package io.teleport.interop.cells;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Puts what became of a cell into the table. */
public final class CellReporter implements TestWatcher {

    static final String FAILED = "FAILED";

    /** A test instance that knows which cell it has tried last. */
    public interface Tried {

        Direction direction();

        Cell cell();
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        Tried tried = tried(context);
        CellTable.of(context).put(tried.direction(), tried.cell(), GoLimits.verdict(tried.direction(), tried.cell()));
    }

    /** It cannot be tried, and the limit says so. */
    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        testSuccessful(context);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        Tried tried = tried(context);
        CellTable.of(context).put(tried.direction(), tried.cell(), FAILED);
    }

    private static Tried tried(ExtensionContext context) {
        return (Tried) context.getRequiredTestInstance();
    }
}
