package io.teleport.protocol.protobuf;

import io.teleport.protocol.InMessages;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.WholeMessageCodecContract;

class ProtobufSubProtocolTests extends WholeMessageCodecContract {

    @Override
    protected Protocol protocol() {
        return new InMessages(new ProtobufProtocol());
    }
}
