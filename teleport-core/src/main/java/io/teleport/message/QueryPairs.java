package io.teleport.message;

/**
 * Goes through the pairs of a query one after another, as {@link QueryText#parse} lists them, and makes text of those only that are
 * asked for: a query can hold millions of pairs, and most looks at one want a single value or none.
 */
final class QueryPairs {

    private final byte[] query;

    private int start;

    private int equals;

    private int end = -1;

    QueryPairs(byte[] query) {
        this.query = query;
    }

    /** Goes to the next pair; false if there is none. */
    boolean next() {
        while (end + 1 < query.length) {
            start = end + 1;
            end = QueryText.indexOf((byte) '&', query, start, query.length);
            equals = QueryText.indexOf((byte) '=', query, start, end);
            if (equals > start || end > equals + 1) {
                return true;
            }
        }
        return false;
    }

    /** Goes to the next pair of this key; false if there is none. */
    boolean next(String key) {
        while (next()) {
            if (keyIs(key)) {
                return true;
            }
        }
        return false;
    }

    /** Where the pair begins in the query. */
    int start() {
        return start;
    }

    /** Where the pair ends, before its {@code &}. */
    int end() {
        return end;
    }

    String key() {
        return QueryText.unescape(query, start, equals);
    }

    String value() {
        return equals == end ? "" : QueryText.unescape(query, equals + 1, end);
    }

    private boolean keyIs(String key) {
        // No character of text takes less than a byte.
        if (equals - start < key.length()) {
            return false;
        }
        for (int i = start; i < equals; i++) {
            int at = i - start;
            if (at == key.length()) {
                return false;
            }
            char wanted = key.charAt(at);
            byte found = query[i];
            if (found == '%' || found == '+' || wanted > 0x7F) {
                return key.equals(key());
            }
            if (found != wanted) {
                return false;
            }
        }
        return true;
    }
}
