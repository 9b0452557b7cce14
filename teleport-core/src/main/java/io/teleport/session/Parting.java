package io.teleport.session;

import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.socket.GuardedSocket;
import io.teleport.socket.SocketRole;
import io.teleport.socket.WriteListener;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the two sides of one connection have said to each other about shutting down, as {@link GoAway} describes it. Thread-safe.
 */
final class Parting {

    private static final Logger log = LoggerFactory.getLogger(Parting.class);

    private final LiveSession session;

    private final Link link;

    private final GuardedSocket socket;

    /** How long a connection that was accepted is waited for, from its beginning, to say its first word. */
    private static final long FIRST_WORD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long beginNanos;

    private volatile boolean heardAnything;

    private volatile boolean otherUnderstands;

    private volatile boolean announced;

    private final AtomicBoolean saidGoAway = new AtomicBoolean();

    private final AtomicBoolean saidDrained = new AtomicBoolean();

    private volatile boolean otherDrained;

    private volatile @Nullable GoAway heard;

    Parting(LiveSession session, Link link, GuardedSocket socket) {
        this.session = session;
        this.link = link;
        this.socket = socket;
        this.beginNanos = socket.eventLoop().ticker().nanoTime();
    }

    /**
     * Writes a message, the first of ours with the word that this side understands {@link GoAway}. Until one such message has been accepted every one
     * carries it, so it is on the first that reaches the network, whichever of several threads that comes from. Replies carry it only to those who
     * have said so themselves: a caller that has not, may look at all metadata it gets.
     */
    Status write(OutgoingMessage message, BodyWriter body, @Nullable WriteListener listener, long waitNanos) {
        MessageHeader header = message.header();
        IntConsumer size = message::size;
        if (!mustAnnounce(header)) {
            return socket.write(header, body, listener, waitNanos, size);
        }
        Status accepted;
        try {
            accepted = socket.write(announcing(header), body, listener, waitNanos, size);
        } catch (RuntimeException e) {
            // Perhaps it was just too long with what was added.
            return socket.write(header, body, listener, waitNanos, size);
        }
        accepted(accepted);
        return accepted;
    }

    /** As {@link #write}, by {@link GuardedSocket#writeAnswer}. */
    Status answer(MessageHeader header) {
        if (!mustAnnounce(header)) {
            return socket.writeAnswer(header);
        }
        Status accepted = socket.writeAnswer(announcing(header));
        accepted(accepted);
        return accepted;
    }

    private boolean mustAnnounce(MessageHeader header) {
        return !announced && (header.type() != MessageType.REPLY || otherUnderstands);
    }

    private void accepted(Status accepted) {
        if (accepted.isOk()) {
            announced = true;
        }
    }

    private static MessageHeader announcing(MessageHeader header) {
        return withMetadata(header, header.metadata().with(GoAway.UNDERSTOOD, GoAway.understoodIn(header.type())));
    }

    private static MessageHeader withMetadata(MessageHeader header, Metadata metadata) {
        return new MessageHeader(
                header.sequence(),
                header.typeId(),
                header.serviceMethod(),
                header.status(),
                metadata,
                header.bodyCodec(),
                header.filters());
    }

    /** On the event loop, for each message: looks for what the first one says of this, and takes that off. */
    Message heard(Message message) {
        if (heardAnything) {
            return message;
        }
        MessageHeader header = message.header();
        // In this order: who looks from another thread finds nothing heard, or what it says.
        otherUnderstands = saidHere(header);
        heardAnything = true;
        if (!otherUnderstands) {
            return message;
        }
        session.mayPart();
        Metadata rest = header.metadata().without(GoAway.UNDERSTOOD);
        return new Message(withMetadata(header, rest), message.body(), message.size());
    }

    /** A Go proxy copies the metadata of whoever is behind it, and what that peer understands says nothing of the proxy. It adds the caller's address. */
    private static boolean saidHere(MessageHeader header) {
        return GoAway.understoodIn(header.type()).equals(header.metadata().get(GoAway.UNDERSTOOD))
                && !header.metadata().contains(IncomingMessage.REAL_IP);
    }

    /** On the event loop: whether the message is part of this, and so nobody else's. It is left to the caller to release. */
    boolean takes(MessageHeader header) {
        if (header.type() != MessageType.PUSH || !ReservedRoutes.contains(header.serviceMethod())) {
            return false;
        }
        if (header.serviceMethod().equals(GoAway.ROUTE)) {
            goAway(GoAway.of(header.metadata()));
            return true;
        }
        if (header.serviceMethod().equals(GoAway.DRAINED)) {
            otherDrained = true;
            return true;
        }
        return false;
    }

    private void goAway(GoAway said) {
        if (heard == null) {
            heard = said;
            log.debug("{}: the other side is shutting down: {}", session, said);
            session.toldToGoAway(link, said);
        }
    }

    /** What the other side said; null if it is not shutting down, as far as is known. */
    @Nullable
    GoAway heard() {
        return heard;
    }

    /** Tells the other side, if it understands, unless that was done before. */
    void say(GoAway goAway) {
        awaitFirstWord();
        if (otherUnderstands && saidGoAway.compareAndSet(false, true) && !push(GoAway.ROUTE, goAway.toMetadata())) {
            // It will not answer.
            otherDrained = true;
        }
    }

    /** After it was {@link #heard}: none of our calls waits, none will begin, and no handler runs. */
    void drained() {
        if (saidDrained.compareAndSet(false, true)) {
            push(GoAway.DRAINED, Metadata.empty());
        }
    }

    /**
     * Whether the other side may still have calls for us on the way: it was told to go away and has not said that it is drained, or has connected just now
     * and not said anything.
     */
    boolean othersMayCome() {
        return otherUnderstands ? !otherDrained : firstWordNanos() > 0;
    }

    /** How long its first word is still waited for; not positive if it is not. */
    private long firstWordNanos() {
        if (heardAnything || socket.role() == SocketRole.DIALED) {
            return 0;
        }
        return FIRST_WORD_NANOS - (socket.eventLoop().ticker().nanoTime() - beginNanos);
    }

    private void awaitFirstWord() {
        long nanos = firstWordNanos();
        if (nanos > 0) {
            try {
                socket.eventLoop().schedule(() -> session.idle(link), nanos, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                log.debug("{}: its event loop has ended, and so has the connection", session);
            }
        }
    }

    private boolean push(String route, Metadata metadata) {
        MessageHeader header = new MessageHeader(
                session.nextSequence(), MessageType.PUSH.id(), route, Status.OK, metadata, 0, FilterIds.none());
        try {
            Status accepted = socket.write(header, BodyWriter.EMPTY, null);
            if (accepted.isOk()) {
                return true;
            }
            log.debug("{}: {} was not sent: {}", session, route, accepted);
        } catch (RuntimeException e) {
            // A protocol without PUSH, such as http.
            log.debug("{}: {} cannot be sent: {}", session, route, e.toString());
        }
        return false;
    }
}
