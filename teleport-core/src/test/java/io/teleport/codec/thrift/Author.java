package io.teleport.codec.thrift;

import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;

/** {@code struct Test { 1: string author }} of the wire vectors, as the Thrift compiler would make it. */
public final class Author implements TSerializable {

    private String name = "";

    public Author() {}

    public Author(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    @Override
    public void read(TProtocol in) throws TException {
        in.readStructBegin();
        for (TField field = in.readFieldBegin(); field.type != TType.STOP; field = in.readFieldBegin()) {
            if (field.id == 1 && field.type == TType.STRING) {
                name = in.readString();
            } else {
                TProtocolUtil.skip(in, field.type);
            }
            in.readFieldEnd();
        }
        in.readStructEnd();
    }

    @Override
    public void write(TProtocol out) throws TException {
        out.writeStructBegin(new TStruct("Test"));
        out.writeFieldBegin(new TField("author", TType.STRING, (short) 1));
        out.writeString(name);
        out.writeFieldEnd();
        out.writeFieldStop();
        out.writeStructEnd();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Author that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return "Author " + name;
    }
}
