package io.teleport.boot;

import java.util.Collection;
import java.util.List;

/** Something names a peer that is not configured. */
public final class UnknownPeerException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String name;

    private final List<String> known;

    /**
     * @param name the name that was found
     * @param known the names there are
     * @param where what names it, empty if unknown
     */
    public UnknownPeerException(String name, Collection<String> known, String where) {
        super("Unknown peer '" + name + "'" + (where.isEmpty() ? "" : ", named by " + where) + " (known: " + known
                + ")");
        this.name = name;
        this.known = List.copyOf(known);
    }

    /** The name that was found. */
    public String name() {
        return name;
    }

    /** The names there are. */
    public List<String> known() {
        return known;
    }
}
