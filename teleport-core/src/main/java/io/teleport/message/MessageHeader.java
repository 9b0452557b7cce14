package io.teleport.message;

/**
 * Everything of a message but its body. Immutable.
 *
 * @param sequence number that pairs a REPLY with its CALL; any 32-bit value may arrive
 * @param typeId message type as on the wire, 0 to 255; see {@link #type()}
 * @param serviceMethod route of a CALL or PUSH; empty in a REPLY
 * @param status outcome carried by a REPLY; {@link Status#OK} elsewhere
 * @param metadata key-value pairs beside the body
 * @param bodyCodec id of the codec the body was made with, 0 to 255; 0 is none
 * @param filters transfer filters of this message, outermost first
 */
public record MessageHeader(
        int sequence,
        int typeId,
        String serviceMethod,
        Status status,
        Metadata metadata,
        int bodyCodec,
        FilterIds filters) {

    /** The message type, {@link MessageType#UNDEFINED} for an id that Teleport does not define. */
    public MessageType type() {
        return MessageType.of(typeId);
    }
}
