package io.teleport.interop.matrix;

import java.lang.reflect.Method;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a test is called in a table. */
public final class CaseName {

    private CaseName() {}

    /** Group of the case, its name, and its arguments where it has some: {@code closing: server ends abruptly}. */
    public static String of(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        String group = method.getDeclaringClass().getSimpleName().replaceFirst("(Cases|IT)$", "");
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
