package io.teleport.interop.matrix;

import java.lang.reflect.Method;
import java.util.Locale;
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
                .note("-  " + row(context) + ": "
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
        Matrix.of(context).put(row(context), column, result);
    }

    /** Group of the case, its name, and its arguments where it has some: {@code closing: server ends abruptly}. */
    private static String row(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        String group = method.getDeclaringClass().getSimpleName().replaceFirst("Cases$", "");
        String display = context.getDisplayName();
        String arguments = display.startsWith("[") ? display.replaceFirst("^\\[\\d+]", " with") : "";
        return words(group) + ": " + words(method.getName()) + arguments;
    }

    /** "aReplyIs404" becomes "a reply is 404". */
    private static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
