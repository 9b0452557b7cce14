package io.teleport.protocol.protobuf;

import io.teleport.protocol.MessageVector;
import io.teleport.protocol.MessageVectorContract;
import io.teleport.protocol.Protocol;
import java.util.List;

/** Every case of protobuf.json. */
class ProtobufVectorTests extends MessageVectorContract {

    static List<MessageVector> cases() {
        return casesOf("protobuf");
    }

    @Override
    protected Protocol protocol() {
        return new ProtobufProtocol();
    }

    @Override
    protected int uncounted() {
        return 4;
    }

    @Override
    protected boolean carriesStatusInGo() {
        return true;
    }
}
