package io.teleport.codec.thrift;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TMap;
import org.apache.thrift.protocol.TSet;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.transport.TTransport;

/** Thrift's binary encoding, but for what is nested deeper than a reader accepts: a struct that holds itself, for one. */
final class StructWriter extends TBinaryProtocol {

    private final Nesting nesting = new Nesting();

    StructWriter(TTransport out) {
        super(out);
    }

    @Override
    public void writeStructBegin(TStruct struct) throws TException {
        nesting.enter();
        super.writeStructBegin(struct);
    }

    @Override
    public void writeStructEnd() throws TException {
        super.writeStructEnd();
        nesting.leave();
    }

    @Override
    public void writeMapBegin(TMap map) throws TException {
        nesting.enter();
        super.writeMapBegin(map);
    }

    @Override
    public void writeMapEnd() throws TException {
        super.writeMapEnd();
        nesting.leave();
    }

    @Override
    public void writeListBegin(TList list) throws TException {
        nesting.enter();
        super.writeListBegin(list);
    }

    @Override
    public void writeListEnd() throws TException {
        super.writeListEnd();
        nesting.leave();
    }

    @Override
    public void writeSetBegin(TSet set) throws TException {
        nesting.enter();
        super.writeSetBegin(set);
    }

    @Override
    public void writeSetEnd() throws TException {
        super.writeSetEnd();
        nesting.leave();
    }
}
