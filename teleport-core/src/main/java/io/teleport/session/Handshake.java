package io.teleport.session;

import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.socket.CloseReason;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a connection before its session is open: what Go's PreSend, PreReceive, PreCall and PreReply are. Neither side runs hooks or routes
 * for them. They take their numbers from the session, as calls and pushes do later. Thread-safe.
 *
 * <p>Nothing here blocks, and nothing waits for ever: the peer's handshake timeout ends the connection. What arrives and is not received here is
 * kept, in its order, until the session is open.
 *
 * <p>Once the session is open or has ended, every method fails with status 1, as in Go.
 */
public interface Handshake {

    /** The session that is going to be open. Calls and pushes on it are refused until then. */
    Session session();

    /** Whether the session was open before, on another connection. */
    boolean isRedial();

    /**
     * Sends a message with the session's next number.
     *
     * @return completes when the whole message was handed to the network; fails with a {@link io.teleport.message.StatusException}: 102 if the
     *     connection is gone, 104 if the message cannot be packed
     */
    CompletableFuture<@Nullable Void> send(HandshakeMessage message);

    /**
     * Receives the next message, whatever it is.
     *
     * @param bodyType gives the type the body is decoded into, as {@link Session#call} takes it; asked off the event loop
     * @return completes off the event loop with the message, whose {@link IncomingMessage#body()} is the decoded one; fails with a
     *     {@link io.teleport.message.StatusException}: 102 if the connection ended first, 400 if the body cannot be decoded
     * @throws IllegalStateException if an earlier receive has not got its message yet
     */
    CompletableFuture<IncomingMessage> receive(Function<MessageHeader, Type> bodyType);

    /** Sends a CALL and receives the next message, which must be its REPLY; a refusal of the other side fails the future. */
    CompletableFuture<IncomingMessage> call(HandshakeMessage call, Type resultType);

    /**
     * Answers a message that was received here with its own number <em>and service method</em>, unlike a REPLY of an open session. As {@link #send}
     * otherwise.
     *
     * @param body what {@link Session#call} takes as argument; not sent if the status is not OK
     */
    CompletableFuture<@Nullable Void> reply(
            IncomingMessage request, MessageType type, Status status, @Nullable Object body);

    /**
     * Closes this connection, with a reason of its own, after what was sent before; the handshake is to fail then, too. A session that is being dialed
     * again is not closed by it.
     */
    void close(CloseReason reason, String detail);
}
