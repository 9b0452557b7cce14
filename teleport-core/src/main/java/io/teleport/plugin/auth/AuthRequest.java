package io.teleport.plugin.auth;

import io.netty.buffer.Unpooled;
import io.teleport.codec.CodecException;
import io.teleport.codec.TypeRef;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.session.IncomingMessage;
import io.teleport.session.Session;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** What somebody sent to prove who they are, and what may be done about it before their session is open. Its text form shows no token. */
public final class AuthRequest {

    private final IncomingMessage message;

    private final byte[] body;

    private volatile @Nullable Object result;

    /** @param message whose body was read as bytes */
    AuthRequest(IncomingMessage message) {
        this.message = message;
        this.body = message.body() instanceof byte[] bytes ? bytes : new byte[0];
    }

    /**
     * The session that will be open: addresses and certificates of the other side, attributes to be set, and an id that may be {@link Session#rename
     * changed}. Not {@link Session#login logged in} yet: that is done with the principal that the checker gives.
     */
    public Session session() {
        return message.session();
    }

    /** Metadata of the message. */
    public Metadata metadata() {
        return message.metadata();
    }

    /**
     * The body as text; empty if there is none.
     *
     * @throws StatusException 400 if it is no text
     */
    public String token() {
        String text = token(String.class);
        return text == null ? "" : text;
    }

    /**
     * The body, decoded with the codec it came with; as often as wanted.
     *
     * @param type {@code byte[]} for the bytes as they are
     * @return null if the body is one
     * @throws StatusException 400 if it cannot be decoded
     */
    public <T> @Nullable T token(Class<T> type) {
        return type.cast(decode(type));
    }

    /** As {@link #token(Class)}, for types with arguments. */
    @SuppressWarnings("unchecked") // the codec was asked for this type
    public <T> @Nullable T token(TypeRef<T> type) {
        return (T) decode(type.type());
    }

    private @Nullable Object decode(Type type) {
        try {
            return message.bodies()
                    .readArgument(Unpooled.wrappedBuffer(body), message.header().bodyCodec(), type);
        } catch (CodecException e) {
            throw StatusException.withoutStackTrace(Status.builtIn(StatusCode.BAD_MESSAGE, e.getMessage()));
        }
    }

    /** What the other side gets with the acceptance: an object for the codec, bytes as they are, or null for none, the default. */
    public void result(@Nullable Object newResult) {
        result = newResult;
    }

    @Nullable
    Object result() {
        return result;
    }

    @Override
    public String toString() {
        return "auth request of " + message.session();
    }
}
