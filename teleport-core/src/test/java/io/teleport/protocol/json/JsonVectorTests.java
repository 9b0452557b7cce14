package io.teleport.protocol.json;

import io.teleport.protocol.MessageVector;
import io.teleport.protocol.MessageVectorContract;
import io.teleport.protocol.Protocol;
import java.util.List;

/** Every case of json.json. */
class JsonVectorTests extends MessageVectorContract {

    static List<MessageVector> cases() {
        return casesOf("json");
    }

    @Override
    protected Protocol protocol() {
        return new JsonProtocol();
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
