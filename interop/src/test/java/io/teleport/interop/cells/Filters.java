package io.teleport.interop.cells;

/** The transfer filters of a cell. */
public enum Filters {
    NONE("no filter", ""),
    GZIP("gzip", "g"),
    MD5("md5", "m"),
    BOTH("gzip + md5", "gm");

    private final String title;

    private final String ids;

    Filters(String title, String ids) {
        this.title = title;
        this.ids = ids;
    }

    /** Ids as characters, outermost first. */
    public String ids() {
        return ids;
    }

    boolean has(char id) {
        return ids.indexOf(id) >= 0;
    }

    @Override
    public String toString() {
        return title;
    }
}
