package io.teleport.protocol.thrift;

import io.teleport.protocol.MessageVector;
import io.teleport.protocol.MessageVectorContract;
import io.teleport.protocol.Protocol;
import io.teleport.testing.VectorCase;
import java.util.List;

/** Every case of thrift-binary.json. */
class ThriftBinaryVectorTests extends MessageVectorContract {

    static List<MessageVector> cases() {
        return casesOf("thrift-binary");
    }

    @Override
    protected Protocol protocol() {
        return new ThriftBinaryProtocol();
    }

    /** The recorded frames have the headers in our order, and gzip alone is free to write what it likes. */
    @Override
    protected boolean isExact(VectorCase vector) {
        return vector.get("xfer_pipe").valueStream().noneMatch(id -> id.asInt() == 'g');
    }

    @Override
    protected int uncounted() {
        return 0;
    }

    @Override
    protected boolean carriesStatusInGo() {
        return true;
    }
}
