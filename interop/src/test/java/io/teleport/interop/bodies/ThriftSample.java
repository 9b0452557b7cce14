package io.teleport.interop.bodies;

import java.util.ArrayList;
import java.util.List;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;

/** {@code struct sample { 1: string text, 2: i32 number, 3: list<i32> list }}, as the Thrift compiler would have it read and write. */
public final class ThriftSample implements TSerializable {

    private String text = "";

    private int number;

    private List<Integer> list = new ArrayList<>();

    static ThriftSample of(Sample sample) {
        ThriftSample struct = new ThriftSample();
        struct.text = sample.text();
        struct.number = sample.number();
        struct.list = sample.list();
        return struct;
    }

    Sample sample() {
        return new Sample(text, number, list);
    }

    @Override
    public void write(TProtocol out) throws TException {
        out.writeStructBegin(new TStruct("sample"));
        out.writeFieldBegin(new TField("text", TType.STRING, (short) 1));
        out.writeString(text);
        out.writeFieldEnd();
        out.writeFieldBegin(new TField("number", TType.I32, (short) 2));
        out.writeI32(number);
        out.writeFieldEnd();
        out.writeFieldBegin(new TField("list", TType.LIST, (short) 3));
        out.writeListBegin(new TList(TType.I32, list.size()));
        for (int item : list) {
            out.writeI32(item);
        }
        out.writeListEnd();
        out.writeFieldEnd();
        out.writeFieldStop();
        out.writeStructEnd();
    }

    @Override
    public void read(TProtocol in) throws TException {
        in.readStructBegin();
        for (TField field = in.readFieldBegin(); field.type != TType.STOP; field = in.readFieldBegin()) {
            if (field.id == 1 && field.type == TType.STRING) {
                text = in.readString();
            } else if (field.id == 2 && field.type == TType.I32) {
                number = in.readI32();
            } else if (field.id == 3 && field.type == TType.LIST) {
                list = readList(in);
            } else {
                TProtocolUtil.skip(in, field.type);
            }
            in.readFieldEnd();
        }
        in.readStructEnd();
    }

    private static List<Integer> readList(TProtocol in) throws TException {
        List<Integer> items = new ArrayList<>();
        int size = in.readListBegin().size;
        for (int i = 0; i < size; i++) {
            items.add(in.readI32());
        }
        in.readListEnd();
        return items;
    }
}
