package io.teleport.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/** Changes of one pair in the bytes of a query; the other pairs stay as they are spelled. */
final class QueryEdits {

    private QueryEdits() {}

    /** Gives the query with the value of the key's first pair replaced, or with the pair at its end. */
    static byte[] with(String key, String value, byte[] query) {
        QueryPairs pairs = new QueryPairs(query);
        boolean there = pairs.next(key);
        int before = there ? pairs.start() : query.length;
        int after = there ? pairs.end() : query.length;
        ByteBuf changed = Unpooled.buffer(query.length + key.length() + value.length() + 2);
        changed.writeBytes(query, 0, before);
        if (!there && before > 0) {
            changed.writeByte('&');
        }
        QueryText.writePair(key, value, changed);
        changed.writeBytes(query, after, query.length - after);
        return QueryText.read(changed, changed.readableBytes());
    }

    /** Gives the query without any pair of the key, and so shorter if there is one. */
    static byte[] without(String key, byte[] query) {
        QueryPairs pairs = new QueryPairs(query);
        if (!pairs.next(key)) {
            return query;
        }
        byte[] rest = new byte[query.length];
        int copied = 0;
        int from = 0;
        do {
            System.arraycopy(query, from, rest, copied, pairs.start() - from);
            copied += pairs.start() - from;
            from = Math.min(pairs.end() + 1, query.length);
        } while (pairs.next(key));
        System.arraycopy(query, from, rest, copied, query.length - from);
        return Arrays.copyOf(rest, copied + query.length - from);
    }
}
