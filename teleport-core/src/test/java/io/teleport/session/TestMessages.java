package io.teleport.session;

import io.teleport.codec.Bodies;
import io.teleport.message.FilterIds;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import org.jspecify.annotations.Nullable;

/** Messages of no session, for tests of plugins. */
public final class TestMessages {

    private TestMessages() {}

    @SuppressWarnings("NullAway") // no plugin that is tested with these asks for the session
    public static OutgoingMessage outgoing(Bodies bodies, MessageHeader header, @Nullable Object body) {
        OutgoingMessage message = new OutgoingMessage(
                null,
                bodies,
                null,
                header.type(),
                header.sequence(),
                header.serviceMethod(),
                header.metadata(),
                header.bodyCodec(),
                header.filters(),
                body);
        message.status(header.status());
        return message;
    }

    @SuppressWarnings("NullAway") // as above
    public static IncomingMessage incoming(Bodies bodies, MessageHeader header) {
        return new IncomingMessage(null, bodies, header, header.serviceMethod(), 0);
    }

    public static MessageHeader call(String serviceMethod, Metadata metadata, int codec) {
        return new MessageHeader(
                21, MessageType.CALL.id(), serviceMethod, Status.OK, metadata, codec, FilterIds.none());
    }
}
