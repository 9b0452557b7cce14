package io.teleport.filter;

/**
 * A filter would have produced more bytes than a message may have, or a pipe would have worked on too many: a compression bomb, or a limit that
 * is too low.
 */
public final class FilterLimitException extends FilterException {

    private static final long serialVersionUID = 1L;

    public FilterLimitException(String filterName, long limit) {
        super(filterName + ": content expands beyond the limit of " + limit + " bytes");
    }
}
