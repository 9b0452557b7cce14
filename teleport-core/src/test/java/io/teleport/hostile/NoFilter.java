package io.teleport.hostile;

import io.netty.buffer.ByteBuf;
import io.teleport.filter.TransferFilter;

/** A filter that changes nothing and that only attackers know. */
final class NoFilter implements TransferFilter {

    static final int ID = '?';

    @Override
    public int id() {
        return ID;
    }

    @Override
    public String name() {
        return "nobody-knows";
    }

    @Override
    public void encode(ByteBuf in, ByteBuf out) {
        out.writeBytes(in, in.readerIndex(), in.readableBytes());
    }

    @Override
    public void decode(ByteBuf in, ByteBuf out, int limit) {
        encode(in, out);
    }
}
