package io.teleport.protocol.thrift;

import io.netty.buffer.ByteBuf;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.WireText;
import io.teleport.protocol.EncodeException;
import io.teleport.protocol.ProtocolException;

/** The start of a Thrift message in the binary protocol. */
record MessageStart(int typeId, String serviceMethod, int sequence) {

    /** Bytes of a start with an empty service method. */
    static final int SHORTEST = 4 + 4 + 4;

    private static final int NUMBER = 4;

    private static final int VERSION_1 = 0x8001;

    private static final int CALL = 1;

    private static final int REPLY = 2;

    private static final int EXCEPTION = 3;

    private static final int ONEWAY = 4;

    private static final int MAX_EXCEPTION_TEXT = 200;

    /** Tells whether a number is the first of a message. Seen as a length it is one of 2 GiB. */
    static boolean begins(long number) {
        return number >>> 16 == VERSION_1;
    }

    static MessageStart read(ByteBuf in) {
        require(in, NUMBER, "message type");
        int version = in.readInt();
        if (!begins(Integer.toUnsignedLong(version))) {
            throw new ProtocolException(
                    "thrift: message starts with 0x" + Integer.toHexString(version) + " (expected 0x8001....)");
        }
        require(in, NUMBER, "length of the service method");
        int length = in.readInt();
        if (length < 0) {
            throw new ProtocolException("thrift: length of the service method is negative: " + length);
        }
        require(in, length, "service method");
        String serviceMethod = WireText.decode(in, length);
        require(in, NUMBER, "sequence");
        int sequence = in.readInt();
        return new MessageStart(typeId(version & 0xff, in), serviceMethod, sequence);
    }

    /** Go takes everything that it does not know for a PUSH, and sends other types than these three as 0. */
    private static int typeId(int thriftType, ByteBuf in) {
        return switch (thriftType) {
            case CALL -> MessageType.CALL.id();
            case REPLY -> MessageType.REPLY.id();
            case EXCEPTION -> throw new ProtocolException("thrift: the other side sent an exception" + text(in));
            default -> MessageType.PUSH.id();
        };
    }

    /** An exception of the protocol itself is a struct of which the first field is a text. */
    private static String text(ByteBuf in) {
        boolean startsWithText = in.readableBytes() >= 7 && in.readMedium() == 0x0b0001;
        if (!startsWithText) {
            return "";
        }
        int length = Math.min(in.readInt(), Math.min(in.readableBytes(), MAX_EXCEPTION_TEXT));
        return length <= 0 ? "" : ": " + WireText.decode(in, length).replaceAll("\\p{C}", "?");
    }

    private static void require(ByteBuf in, int length, String field) {
        if (in.readableBytes() < length) {
            throw new ProtocolException("thrift: frame ends inside the " + field + ", which takes " + length
                    + " bytes; " + in.readableBytes() + " are left");
        }
    }

    /** @throws EncodeException if Thrift has no type for the message */
    static void write(MessageHeader header, ByteBuf out) {
        out.writeShort(VERSION_1);
        out.writeShort(thriftType(header));
        int length = out.writerIndex();
        out.writeInt(0);
        WireText.encode(header.serviceMethod(), out);
        out.setInt(length, out.writerIndex() - length - NUMBER);
        out.writeInt(header.sequence());
    }

    private static int thriftType(MessageHeader header) {
        return switch (header.type()) {
            case CALL -> CALL;
            case REPLY -> REPLY;
            case PUSH -> ONEWAY;
            case AUTH_CALL, AUTH_REPLY, UNDEFINED ->
                throw new EncodeException("thrift: the protocol carries CALL, REPLY and PUSH, not "
                        + header.type().text() + " (type " + header.typeId() + ")");
        };
    }
}
