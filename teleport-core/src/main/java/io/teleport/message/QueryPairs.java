package io.teleport.message;

/**
 * The pairs of a query, duplicates included, without those whose key and value are both empty. It makes text of those only that are asked for: a query
 * can hold millions of pairs, and most looks at one want a single value or none.
 */
final class QueryPairs extends Pairs {

    private final byte[] query;

    private int start;

    private int equals;

    private int end = -1;

    QueryPairs(byte[] query) {
        this.query = query;
    }

    @Override
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

    /** Where the pair begins in the query. */
    int start() {
        return start;
    }

    /** Where the pair ends, before its {@code &}. */
    int end() {
        return end;
    }

    @Override
    String key() {
        return QueryText.unescape(query, start, equals);
    }

    @Override
    String value() {
        return equals == end ? "" : QueryText.unescape(query, equals + 1, end);
    }

    @Override
    boolean keyIs(String key) {
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
