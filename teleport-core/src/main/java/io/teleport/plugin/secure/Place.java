package io.teleport.plugin.secure;

import io.teleport.message.MessageType;
import io.teleport.message.WireText;
import io.teleport.session.IncomingMessage;
import io.teleport.session.OutgoingMessage;

/**
 * Which message a body belongs to, as both sides know it: type and service method, of a REPLY that of its CALL. Without a query, which is not part
 * of the name in every protocol; and without the sequence number, which a proxy between the two does not keep.
 */
final class Place {

    private Place() {}

    static byte[] of(OutgoingMessage message) {
        IncomingMessage call = message.call();
        // Of a CALL as it was sent: a plugin may have sent it to another route since.
        return of(
                message.type(),
                call == null ? message.serviceMethod() : call.header().serviceMethod());
    }

    static byte[] of(IncomingMessage message) {
        boolean isReply = message.type() == MessageType.REPLY;
        return of(
                message.type(),
                isReply ? message.serviceMethod() : message.header().serviceMethod());
    }

    private static byte[] of(MessageType type, String serviceMethod) {
        int query = serviceMethod.indexOf('?');
        return WireText.toBytes(type.text() + ' ' + (query < 0 ? serviceMethod : serviceMethod.substring(0, query)));
    }
}
