package io.teleport.codec.thrift;

import io.teleport.codec.ThriftStructs;
import org.apache.thrift.protocol.TProtocolException;

/** Counts how deep structs, lists, sets and maps lie in each other, up to the limit. */
final class Nesting {

    private int depth;

    void enter() throws TProtocolException {
        if (++depth > ThriftStructs.MAX_DEPTH) {
            throw new TProtocolException(TProtocolException.DEPTH_LIMIT);
        }
    }

    void leave() {
        depth--;
    }
}
