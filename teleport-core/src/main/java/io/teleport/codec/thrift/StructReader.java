package io.teleport.codec.thrift;

import io.teleport.codec.ThriftStructs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.thrift.TConfiguration;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TMap;
import org.apache.thrift.protocol.TProtocolException;
import org.apache.thrift.protocol.TSet;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.transport.TMemoryInputTransport;

/**
 * Thrift's binary encoding, with every length and count held against the bytes there are, and with a limit for nesting. The walk before it has seen
 * only what the bytes say they are; generated code does not compare that with the element types it expects, and may read the bytes as something else.
 */
final class StructReader extends TBinaryProtocol {

    private static final TConfiguration NO_OTHER_LIMITS =
            new TConfiguration(Integer.MAX_VALUE, Integer.MAX_VALUE, ThriftStructs.MAX_DEPTH);

    private int depth;

    StructReader(byte[] bytes) throws TException {
        super(new TMemoryInputTransport(NO_OTHER_LIMITS, bytes));
    }

    /** Whatever is counted has at least a byte. */
    private int covered(int count, int bytesOfEach) throws TException {
        int left = trans_.getBytesRemainingInBuffer();
        if (count < 0 || count > left / bytesOfEach) {
            throw new TProtocolException(
                    TProtocolException.INVALID_DATA, count + " announced where " + left + " bytes are left");
        }
        return count;
    }

    private void enter() throws TException {
        if (++depth > ThriftStructs.MAX_DEPTH) {
            throw new TProtocolException(TProtocolException.DEPTH_LIMIT);
        }
    }

    @Override
    public TStruct readStructBegin() throws TException {
        enter();
        return super.readStructBegin();
    }

    @Override
    public void readStructEnd() throws TException {
        super.readStructEnd();
        depth--;
    }

    @Override
    public TList readListBegin() throws TException {
        enter();
        TList list = super.readListBegin();
        covered(list.size, 1);
        return list;
    }

    @Override
    public void readListEnd() throws TException {
        super.readListEnd();
        depth--;
    }

    @Override
    public TSet readSetBegin() throws TException {
        enter();
        TSet set = super.readSetBegin();
        covered(set.size, 1);
        return set;
    }

    @Override
    public void readSetEnd() throws TException {
        super.readSetEnd();
        depth--;
    }

    @Override
    public TMap readMapBegin() throws TException {
        enter();
        TMap map = super.readMapBegin();
        covered(map.size, 2);
        return map;
    }

    @Override
    public void readMapEnd() throws TException {
        super.readMapEnd();
        depth--;
    }

    @Override
    protected void skipBinary() throws TException {
        trans_.consumeBuffer(covered(readI32(), 1));
    }

    @Override
    public String readString() throws TException {
        return new String(readBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public ByteBuffer readBinary() throws TException {
        return ByteBuffer.wrap(readBytes());
    }

    private byte[] readBytes() throws TException {
        byte[] bytes = new byte[covered(readI32(), 1)];
        trans_.readAll(bytes, 0, bytes.length);
        return bytes;
    }
}
