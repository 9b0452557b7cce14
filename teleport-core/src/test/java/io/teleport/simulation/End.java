package io.teleport.simulation;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What one side has of a connection. */
final class End {

    private final Connection connection;

    private final SimAddress local;

    private final SimAddress remote;

    private final Wire in;

    private final Wire out;

    private @Nullable SimChannel channel;

    private boolean closed;

    private @Nullable IOException brokenBy;

    End(Connection connection, SimAddress local, SimAddress remote, Wire in, Wire out) {
        this.connection = connection;
        this.local = local;
        this.remote = remote;
        this.in = in;
        this.out = out;
    }

    void attach(SimChannel newChannel) {
        channel = newChannel;
        in.onReadable(newChannel::readable);
        out.onWritable(newChannel::writable);
        if (brokenBy != null) {
            newChannel.broken(brokenBy);
        }
    }

    SimAddress local() {
        return local;
    }

    SimAddress remote() {
        return remote;
    }

    boolean hasInput() {
        return in.hasInput() || brokenBy != null;
    }

    byte[] read() {
        return in.read();
    }

    int write(ByteBuf bytes) throws IOException {
        if (brokenBy != null) {
            throw brokenBy;
        }
        if (connection.other(this).closed) {
            // As with TCP, the first bytes after the other side's end are what has it answer that there is nobody any
            // more.
            connection.resetSoon(this);
        }
        return out.write(bytes);
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (in.hasUnread() && !out.isBroken()) {
            // As with TCP: what was not read any more is answered so.
            out.breakOff();
            connection.resetSoon(connection.other(this));
        } else {
            out.end();
        }
        connection.closed();
    }

    boolean isClosed() {
        return closed;
    }

    void broken(IOException why) {
        if (brokenBy == null && !closed) {
            brokenBy = why;
            out.breakOff();
            if (channel != null) {
                channel.broken(why);
            }
        }
    }
}
