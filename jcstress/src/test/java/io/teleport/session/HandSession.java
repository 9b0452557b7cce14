package io.teleport.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.codec.Bodies;
import io.teleport.codec.BodyCodecs;
import io.teleport.codec.plain.PlainBodyCodec;
import io.teleport.filter.TransferFilters;
import io.teleport.jcstress.HandLoop;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.socket.CloseCause;
import io.teleport.socket.GuardedSocket;
import io.teleport.socket.HandSocket;
import io.teleport.socket.OutboundPolicy;
import io.teleport.socket.SocketRegistry;
import io.teleport.socket.SocketRole;
import io.teleport.socket.SocketState;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A real session, open, over a connection that tests move by hand. One that dials again gets its next connection from {@link #again}, or the tests' word
 * that there is none. Whoever calls {@link #run} does what is due on event loops and completion threads.
 */
class HandSession {

    private static final PlainBodyCodec PLAIN = new PlainBodyCodec();

    private static final Bodies BODIES = new Bodies(BodyCodecs.of(List.of(PLAIN)));

    private static final TransferFilters NO_FILTERS = TransferFilters.of(List.of());

    /** No clock here moves, so nothing waits that long. */
    static final Duration LONG = Duration.ofMinutes(10);

    private static final SessionSettings SETTINGS =
            new SessionSettings(LONG, LONG, Duration.ZERO, Duration.ZERO, 100, 100, 1 << 20);

    /** What a session holds is nobody's business but its own, and that of a test that it holds nothing for ever. */
    private static final Field HELD;

    static {
        try {
            HELD = SessionLinks.class.getDeclaredField("held");
            HELD.setAccessible(true);
        } catch (NoSuchFieldException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final SessionRegistry registry;

    private final Queue<Runnable> completions = new ConcurrentLinkedQueue<>();

    private final List<HandLoop> loops = new CopyOnWriteArrayList<>();

    private final List<HandSocket> ends = new CopyOnWriteArrayList<>();

    private final Queue<CompletableFuture<@Nullable Void>> attempts = new ConcurrentLinkedQueue<>();

    private final SocketRegistry sockets = new SocketRegistry(0);

    private final AtomicInteger disconnects = new AtomicInteger();

    final LiveSession session;

    HandSession(SocketRole role, boolean redials) {
        this(role, redials, LoginPolicy.ALLOW_MANY);
    }

    private HandSession(SocketRole role, boolean redials, LoginPolicy policy) {
        this(role, redials, new SessionRegistry(policy));
    }

    /** @param registry perhaps shared with other sessions */
    HandSession(SocketRole role, boolean redials, SessionRegistry registry) {
        this.registry = registry;
        Redial redial = redials ? redial() : null;
        SessionHooks hooks = new SessionHooks() {
            @Override
            public void postDisconnect(Session ended, CloseCause cause) {
                disconnects.incrementAndGet();
            }
        };
        SessionEnvironment environment = new SessionEnvironment(
                SETTINGS,
                BODIES,
                PLAIN,
                NO_FILTERS,
                hooks,
                CallObserver.NONE,
                completions::add,
                inbound -> inbound.done(),
                registry);
        if (redial != null) {
            redial.start();
        }
        LiveSession[] made = new LiveSession[1];
        connect(role, socket -> made[0] = new LiveSession(environment, socket, redial));
        session = made[0];
        session.preparation().open();
        if (redial != null) {
            attempts.remove().complete(null);
        }
        run();
    }

    private Redial redial() {
        DialTargets targets = new DialTargets(List.of("there"), false, Duration.ZERO, () -> 0, new Random(1));
        // Every delay is over as soon as somebody gets to it.
        RedialTimer timer = (delay, task) -> {
            completions.add(task);
            return () -> completions.remove(task);
        };
        Redial.Attempt attempt = address -> {
            CompletableFuture<@Nullable Void> dialing = new CompletableFuture<>();
            attempts.add(dialing);
            return dialing;
        };
        Redial.Outcome unheard = new Redial.Outcome() {
            @Override
            public void connected() {}

            @Override
            public void gaveUp(StatusException failure) {
                session.gaveUp();
            }
        };
        return new Redial(
                "stress",
                targets,
                new RedialPolicy(-1, RedialDelay.fixed(Duration.ofMillis(1)), WhileRedialing.WAIT),
                timer,
                () -> 0,
                attempt,
                unheard,
                new RedialListener() {});
    }

    private HandSocket connect(SocketRole role, Consumer<GuardedSocket> opened) {
        HandLoop loop = new HandLoop();
        HandSocket end = new HandSocket(loop, sockets, role, OutboundPolicy.REFUSE, opened);
        // Not before: nobody else must run it while its socket is made.
        loops.add(loop);
        ends.add(end);
        return end;
    }

    private int heldRequests() {
        try {
            return ((HeldRequests) HELD.get(session.links())).size();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    // What happens.

    /** Does what is due, until nothing is or others are doing it. */
    final void run() {
        boolean worked;
        do {
            worked = false;
            for (HandLoop loop : loops) {
                worked |= loop.run();
            }
            for (Runnable task = completions.poll(); task != null; task = completions.poll()) {
                task.run();
                worked = true;
            }
        } while (worked);
    }

    /** The latest connection is lost. */
    final void lose() {
        HandSocket end = ends.get(ends.size() - 1);
        end.channel.closeFromTheOtherSide();
        do {
            // Another thread may be running the loop, and may be about to leave it.
            run();
        } while (end.socket.state() != SocketState.CLOSED);
    }

    /** Whether the session has begun to dial again. */
    final boolean isDialing() {
        return !attempts.isEmpty();
    }

    /** A new connection is made: its socket is there, the session has yet to be opened on it. */
    final Preparation again() {
        Preparation[] made = new Preparation[1];
        connect(SocketRole.DIALED, socket -> made[0] = session.preparation(socket));
        return made[0];
    }

    /** The session is opened on a new connection, as the one who dials does it. */
    final void open(Preparation preparation) {
        CompletableFuture<@Nullable Void> dialing = attempts.poll();
        if (preparation.open()) {
            if (dialing != null) {
                dialing.complete(null);
            }
        } else {
            preparation.refuse(preparation.closedStatus());
            if (dialing != null) {
                dialing.completeExceptionally(StatusException.withoutStackTrace(preparation.closedStatus()));
            }
        }
        run();
    }

    /** It is no use to dial any more. */
    final void giveUp() {
        CompletableFuture<@Nullable Void> dialing = attempts.poll();
        if (dialing != null) {
            dialing.completeExceptionally(new RefusedDialException(Status.builtIn(StatusCode.DIAL_FAILED, "given up")));
        }
        run();
    }

    /** A message comes in on the current connection. */
    final void receive(MessageType type, int sequence, String route, Metadata metadata, ByteBuf body) {
        Link link = session.links().current();
        MessageHeader header =
                new MessageHeader(sequence, type.id(), route, Status.OK, metadata, 's', FilterIds.none());
        link.eventLoop().execute(() -> {
            if (link.isGone()) {
                body.release();
            } else {
                link.onMessage(new Message(header, body, 10));
            }
        });
    }

    /** A reply with the text {@code x}. */
    static ByteBuf text() {
        return Unpooled.wrappedBuffer(new byte[] {'x'});
    }

    final CompletableFuture<Reply<String>> call(boolean idempotent) {
        Request request = session.request("/call");
        return (idempotent ? request.idempotent() : request).callAsync(null, String.class);
    }

    final CompletableFuture<@Nullable Void> push() {
        return session.request("/push").push(null);
    }

    // What came of it.

    /** Numbers of the messages that left, those on a further connection behind a further stroke: {@code "1 2/3"}. */
    final String sent() {
        return ends.stream().map(end -> end.channel.sent()).collect(Collectors.joining("/"));
    }

    /** The outcome of a call or push in words. */
    static String outcome(@Nullable CompletableFuture<?> future) {
        if (future == null || !future.isDone()) {
            return "waits";
        }
        try {
            Object value = future.join();
            return value instanceof Reply<?> reply
                    ? reply.status().isOk()
                            ? "replied " + reply.body()
                            : "failed " + reply.status().code()
                    : "sent";
        } catch (CompletionException e) {
            return e.getCause() instanceof StatusException status
                    ? "failed " + status.status().code()
                    : String.valueOf(e.getCause());
        }
    }

    /** Names what a session that is to be over has left behind, after everything has come to its end; empty if nothing. */
    final String mess() {
        run();
        List<String> mess = new ArrayList<>();
        if (session.state() != SessionState.CLOSED) {
            mess.add(session.state().name());
        }
        if (!session.closeFuture().toCompletableFuture().isDone()) {
            mess.add("close never done");
        }
        if (disconnects.get() != 1) {
            mess.add(disconnects + " disconnects");
        }
        if (registry.get(session.id()).filter(found -> found == session).isPresent()
                || registry.stream().anyMatch(found -> found == session)) {
            mess.add("still registered");
        }
        if (sockets.openCount() != 0) {
            mess.add("open sockets");
        }
        noteLeftovers(mess);
        return String.join(", ", mess);
    }

    /** As {@link #mess}, for a session that goes on. */
    final String leftovers() {
        run();
        List<String> mess = new ArrayList<>();
        noteLeftovers(mess);
        return String.join(", ", mess);
    }

    private void noteLeftovers(List<String> mess) {
        if (heldRequests() != 0) {
            mess.add("held requests");
        }
        if (session.links().current().callsInFlight() != 0) {
            mess.add("work " + session.links().current().callsInFlight());
        }
        for (HandSocket end : ends) {
            if (end.channel.heldBytes() != 0) {
                mess.add("buffers kept");
            }
        }
    }
}
