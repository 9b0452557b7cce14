package io.teleport.session;

import io.netty.buffer.Unpooled;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import java.util.concurrent.atomic.AtomicInteger;

/** A call that counts how often it is told its outcome. */
final class ModelCall extends PendingCall {

    static final long TIMEOUT_NANOS = 1_000;

    final AtomicInteger told = new AtomicInteger();

    @SuppressWarnings("NullAway") // no session is asked for anything here
    ModelCall(int sequence) {
        super(
                new OutgoingMessage(
                        null,
                        null,
                        null,
                        MessageType.CALL,
                        sequence,
                        "/x",
                        Metadata.empty(),
                        0,
                        FilterIds.none(),
                        null),
                void.class,
                TIMEOUT_NANOS,
                false);
    }

    static Message reply(int sequence) {
        return new Message(
                new MessageHeader(
                        sequence, MessageType.REPLY.id(), "", Status.OK, Metadata.empty(), 0, FilterIds.none()),
                Unpooled.EMPTY_BUFFER,
                10);
    }

    @Override
    void completed() {
        told.incrementAndGet();
    }
}
