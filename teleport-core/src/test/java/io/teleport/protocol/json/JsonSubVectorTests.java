package io.teleport.protocol.json;

import io.teleport.protocol.InMessages;
import io.teleport.protocol.MessageVector;
import io.teleport.protocol.MessageVectorContract;
import io.teleport.protocol.Protocol;
import java.util.List;

/** Every case of ws-json.json. */
class JsonSubVectorTests extends MessageVectorContract {

    static List<MessageVector> cases() {
        return casesOf("ws-json");
    }

    @Override
    protected Protocol protocol() {
        return new InMessages(new JsonProtocol());
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
