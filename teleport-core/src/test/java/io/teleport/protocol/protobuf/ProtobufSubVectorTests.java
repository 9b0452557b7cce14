package io.teleport.protocol.protobuf;

import io.teleport.protocol.InMessages;
import io.teleport.protocol.MessageVector;
import io.teleport.protocol.MessageVectorContract;
import io.teleport.protocol.Protocol;
import java.util.List;

/** Every case of ws-protobuf.json. */
class ProtobufSubVectorTests extends MessageVectorContract {

    static List<MessageVector> cases() {
        return casesOf("ws-protobuf");
    }

    @Override
    protected Protocol protocol() {
        return new InMessages(new ProtobufProtocol());
    }

    @Override
    protected int uncounted() {
        return 0;
    }

    @Override
    protected boolean carriesStatusInGo() {
        return false;
    }
}
