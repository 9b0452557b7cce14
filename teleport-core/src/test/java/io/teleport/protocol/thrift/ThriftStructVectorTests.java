package io.teleport.protocol.thrift;

import io.teleport.protocol.MessageVector;
import io.teleport.protocol.MessageVectorContract;
import io.teleport.protocol.Protocol;
import io.teleport.testing.VectorCase;
import java.util.List;

/** Every case of thrift-struct.json. */
class ThriftStructVectorTests extends MessageVectorContract {

    static List<MessageVector> cases() {
        return casesOf("thrift-struct");
    }

    @Override
    protected Protocol protocol() {
        return new ThriftStructProtocol();
    }

    /** The recorded frames have the headers in our order. */
    @Override
    protected boolean isExact(VectorCase vector) {
        return true;
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
