package io.teleport.codec.thrift;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TMap;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolException;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;

/** {@code struct Node { 1: required i32 id, 2: list<Node> children, 3: map<string, double> weights, 4: binary data }}, likewise. */
public final class Node implements TSerializable {

    private Integer id;

    private List<Node> children = new ArrayList<>();

    private Map<String, Double> weights = new HashMap<>();

    private ByteBuffer data = ByteBuffer.allocate(0);

    public Node() {}

    public Node(Integer id) {
        this.id = id;
    }

    public Node child(Node child) {
        children.add(child);
        return this;
    }

    public Node weight(String key, double weight) {
        weights.put(key, weight);
        return this;
    }

    public Node data(byte... bytes) {
        data = ByteBuffer.wrap(bytes);
        return this;
    }

    @Override
    public void read(TProtocol in) throws TException {
        in.readStructBegin();
        for (TField field = in.readFieldBegin(); field.type != TType.STOP; field = in.readFieldBegin()) {
            if (field.id == 1 && field.type == TType.I32) {
                id = in.readI32();
            } else if (field.id == 2 && field.type == TType.LIST) {
                readChildren(in);
            } else if (field.id == 3 && field.type == TType.MAP) {
                readWeights(in);
            } else if (field.id == 4 && field.type == TType.STRING) {
                data = in.readBinary();
            } else {
                TProtocolUtil.skip(in, field.type);
            }
            in.readFieldEnd();
        }
        in.readStructEnd();
        validate();
    }

    private void readChildren(TProtocol in) throws TException {
        TList list = in.readListBegin();
        // As generated code does: memory is taken for what is announced.
        children = new ArrayList<>(list.size);
        for (int i = 0; i < list.size; i++) {
            Node child = new Node();
            child.read(in);
            children.add(child);
        }
        in.readListEnd();
    }

    private void readWeights(TProtocol in) throws TException {
        TMap map = in.readMapBegin();
        weights = new HashMap<>(2 * map.size);
        for (int i = 0; i < map.size; i++) {
            weights.put(in.readString(), in.readDouble());
        }
        in.readMapEnd();
    }

    private void validate() throws TException {
        if (id == null) {
            throw new TProtocolException("Required field 'id' was not present! Struct: " + this);
        }
    }

    @Override
    public void write(TProtocol out) throws TException {
        validate();
        out.writeStructBegin(new TStruct("Node"));
        out.writeFieldBegin(new TField("id", TType.I32, (short) 1));
        out.writeI32(id);
        out.writeFieldEnd();
        out.writeFieldBegin(new TField("children", TType.LIST, (short) 2));
        out.writeListBegin(new TList(TType.STRUCT, children.size()));
        for (Node child : children) {
            child.write(out);
        }
        out.writeListEnd();
        out.writeFieldEnd();
        out.writeFieldBegin(new TField("weights", TType.MAP, (short) 3));
        out.writeMapBegin(new TMap(TType.STRING, TType.DOUBLE, weights.size()));
        for (Map.Entry<String, Double> weight : weights.entrySet()) {
            out.writeString(weight.getKey());
            out.writeDouble(weight.getValue());
        }
        out.writeMapEnd();
        out.writeFieldEnd();
        out.writeFieldBegin(new TField("data", TType.STRING, (short) 4));
        out.writeBinary(data);
        out.writeFieldEnd();
        out.writeFieldStop();
        out.writeStructEnd();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Node that
                && Objects.equals(id, that.id)
                && children.equals(that.children)
                && weights.equals(that.weights)
                && data.equals(that.data);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, children, weights, data);
    }

    @Override
    public String toString() {
        return "Node " + id;
    }
}
