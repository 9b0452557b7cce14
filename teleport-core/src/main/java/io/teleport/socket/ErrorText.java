package io.teleport.socket;

import org.jspecify.annotations.Nullable;

/** What people read of a failure: its message, or its kind where it has none. */
final class ErrorText {

    private ErrorText() {}

    static String of(@Nullable Throwable failure) {
        if (failure == null) {
            return "";
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
