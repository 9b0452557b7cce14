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

    private final Nesting nesting = new Nesting();

    /** Bytes that no element announced so far has been given. */
    private int unclaimed;

    StructReader(byte[] bytes) throws TException {
        super(new TMemoryInputTransport(NO_OTHER_LIMITS, bytes));
        unclaimed = bytes.length;
    }

    /** Bytes must be there. */
    private int covered(int count) throws TException {
        check(count, 1, trans_.getBytesRemainingInBuffer());
        return count;
    }

    /**
     * Elements must be there: each begins with a byte of its own, be it in a list that lies in another. So all of them together are no more than the
     * bytes, and so is the memory that generated code takes when it hears of them.
     */
    private void claim(int count, int bytesOfEach) throws TException {
        check(count, bytesOfEach, Math.min(unclaimed, trans_.getBytesRemainingInBuffer()));
        unclaimed -= count * bytesOfEach;
    }

    private static void check(int count, int bytesOfEach, int left) throws TException {
        if (count < 0 || count > left / bytesOfEach) {
            throw new TProtocolException(
                    TProtocolException.INVALID_DATA, count + " announced where " + left + " bytes are left");
        }
    }

    @Override
    public TStruct readStructBegin() throws TException {
        nesting.enter();
        return super.readStructBegin();
    }

    @Override
    public void readStructEnd() throws TException {
        super.readStructEnd();
        nesting.leave();
    }

    @Override
    public TList readListBegin() throws TException {
        nesting.enter();
        TList list = super.readListBegin();
        claim(list.size, 1);
        return list;
    }

    @Override
    public void readListEnd() throws TException {
        super.readListEnd();
        nesting.leave();
    }

    @Override
    public TSet readSetBegin() throws TException {
        nesting.enter();
        TSet set = super.readSetBegin();
        claim(set.size, 1);
        return set;
    }

    @Override
    public void readSetEnd() throws TException {
        super.readSetEnd();
        nesting.leave();
    }

    @Override
    public TMap readMapBegin() throws TException {
        nesting.enter();
        TMap map = super.readMapBegin();
        claim(map.size, 2);
        return map;
    }

    @Override
    public void readMapEnd() throws TException {
        super.readMapEnd();
        nesting.leave();
    }

    @Override
    protected void skipBinary() throws TException {
        trans_.consumeBuffer(covered(readI32()));
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
        byte[] bytes = new byte[covered(readI32())];
        trans_.readAll(bytes, 0, bytes.length);
        return bytes;
    }
}
