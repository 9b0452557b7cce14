package io.teleport.protocol.json;

import io.teleport.protocol.InMessages;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.WholeMessageCodecContract;

class JsonSubProtocolTests extends WholeMessageCodecContract {

    @Override
    protected Protocol protocol() {
        return new InMessages(new JsonProtocol());
    }
}
