package io.teleport.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/** Close codes (RFC 6455, section 7.4.1) and the payload of close frames. */
final class CloseCode {

    static final int NORMAL = 1000;

    static final int PROTOCOL_ERROR = 1002;

    /** Stands for a close frame without a code; never sent. */
    static final int NONE = 1005;

    static final int NOT_UTF8 = 1007;

    static final int TOO_BIG = 1009;

    /** What the payload of a control frame leaves beside the code. */
    private static final int TEXT_LIMIT = 123;

    private CloseCode() {}

    /** Whether a close frame may name it: those that are defined for the wire, and those of libraries and applications. */
    static boolean isSendable(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }

    /** Appends the payload of a close frame, the text cut to what fits. */
    static void write(int code, String text, ByteBuf out) {
        if (code == NONE) {
            return;
        }
        out.writeShort(code);
        int end = text.length();
        while (ByteBufUtil.utf8Bytes(text, 0, end) > TEXT_LIMIT) {
            end = text.offsetByCodePoints(end, -1);
        }
        ByteBufUtil.writeUtf8(out, text, 0, end);
    }

    /** What operators read of the other side's close frame: nothing where it says only that all is well. */
    static String describe(int code, String text) {
        if (text.isEmpty() && (code == NORMAL || code == NONE)) {
            return "";
        }
        String told = text.isEmpty() ? meaning(code) : text;
        return told.isEmpty() ? String.valueOf(code) : code + " " + told;
    }

    private static String meaning(int code) {
        return switch (code) {
            case 1001 -> "going away";
            case PROTOCOL_ERROR -> "protocol error";
            case 1003 -> "unsupported data";
            case NOT_UTF8 -> "invalid payload data";
            case 1008 -> "policy violation";
            case TOO_BIG -> "message too big";
            case 1010 -> "mandatory extension";
            case 1011 -> "internal error";
            case 1012 -> "service restart";
            case 1013 -> "try again later";
            case 1014 -> "bad gateway";
            default -> "";
        };
    }

    static String text(ByteBuf payload) {
        return payload.toString(StandardCharsets.UTF_8);
    }
}
