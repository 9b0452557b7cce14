package io.teleport.codec.thrift;

import io.teleport.codec.ThriftStructs;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TMap;
import org.apache.thrift.protocol.TProtocolException;
import org.apache.thrift.protocol.TSet;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.transport.TTransport;

/** Thrift's binary encoding, but for what is nested deeper than a reader accepts: a struct that holds itself, for one. */
final class StructWriter extends TBinaryProtocol {

    private int depth;

    StructWriter(TTransport out) {
        super(out);
    }

    private void enter() throws TException {
        if (++depth > ThriftStructs.MAX_DEPTH) {
            throw new TProtocolException(TProtocolException.DEPTH_LIMIT);
        }
    }

    @Override
    public void writeStructBegin(TStruct struct) throws TException {
        enter();
        super.writeStructBegin(struct);
    }

    @Override
    public void writeStructEnd() throws TException {
        super.writeStructEnd();
        depth--;
    }

    @Override
    public void writeMapBegin(TMap map) throws TException {
        enter();
        super.writeMapBegin(map);
    }

    @Override
    public void writeMapEnd() throws TException {
        super.writeMapEnd();
        depth--;
    }

    @Override
    public void writeListBegin(TList list) throws TException {
        enter();
        super.writeListBegin(list);
    }

    @Override
    public void writeListEnd() throws TException {
        super.writeListEnd();
        depth--;
    }

    @Override
    public void writeSetBegin(TSet set) throws TException {
        enter();
        super.writeSetBegin(set);
    }

    @Override
    public void writeSetEnd() throws TException {
        super.writeSetEnd();
        depth--;
    }
}
