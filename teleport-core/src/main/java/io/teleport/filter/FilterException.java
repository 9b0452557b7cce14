package io.teleport.filter;

import org.jspecify.annotations.Nullable;

/** A transfer filter could not be applied or undone. The message is fit to be sent to the other side. */
public class FilterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FilterException(String message) {
        super(message);
    }

    public FilterException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The failure Go reports for a filter id that nobody registered. */
    static FilterException unsupported(int id) {
        return new FilterException("unsupported transfer filter id: " + id);
    }
}
