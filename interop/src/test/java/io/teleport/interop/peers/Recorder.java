package io.teleport.interop.peers;

import io.teleport.message.FilterIds;
import io.teleport.plugin.PostDisconnectHook;
import io.teleport.plugin.PostReadCallHeaderHook;
import io.teleport.plugin.PreReadHeaderHook;
import io.teleport.router.CallContext;
import io.teleport.router.PushContext;
import io.teleport.session.IncomingMessage;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sees what the Go peer reports as events. */
final class Recorder implements PreReadHeaderHook, PostReadCallHeaderHook, PostDisconnectHook {

    /** The end of a session. */
    record End(String socketId, CloseCause cause) {}

    private static final String SEEN = "recorder.seen";

    final Mailbox<Session> opened = new Mailbox<>();

    final Mailbox<Received> calls = new Mailbox<>();

    final Mailbox<Received> pushes = new Mailbox<>();

    final Mailbox<End> ends = new Mailbox<>();

    /** Filters of calls whose handler has not begun, which cannot see them itself. */
    private final Map<String, FilterIds> filters = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "recorder";
    }

    /** The first run for a session is the moment from which it can be found in the registry. */
    @Override
    public void preReadHeader(Session session) {
        if (session.attributes().putIfAbsent(SEEN, true) == null) {
            opened.add(session);
        }
    }

    @Override
    public void postReadCallHeader(IncomingMessage call) {
        filters.put(key(call.session(), call.header().sequence()), call.header().filters());
    }

    @Override
    public void postDisconnect(Session session, CloseCause cause) {
        ends.add(new End(session.socketId(), cause));
    }

    void call(CallContext context) {
        FilterIds ids = filters.remove(key(context.session(), context.sequence()));
        StringBuilder characters = new StringBuilder();
        for (int i = 0; i < ids.size(); i++) {
            characters.append((char) ids.get(i));
        }
        calls.add(new Received(
                context.serviceMethod(),
                context.session().id(),
                context.bodyCodec(),
                characters.toString(),
                context.metadata(),
                ""));
    }

    void push(PushContext context, String text) {
        pushes.add(new Received(
                context.serviceMethod(), context.session().id(), context.bodyCodec(), "", context.metadata(), text));
    }

    private static String key(Session session, int sequence) {
        return session.socketId() + "/" + sequence;
    }
}
