package io.teleport.peer;

import io.teleport.plugin.PostAcceptHook;
import io.teleport.plugin.PostDisconnectHook;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import java.util.concurrent.Semaphore;

/** Gives a permit for each session that comes or goes. */
record Counter(Semaphore accepted, Semaphore ended) implements PostAcceptHook, PostDisconnectHook {

    @Override
    public String name() {
        return "counter";
    }

    @Override
    public void postAccept(Session session) {
        accepted.release();
    }

    @Override
    public void postDisconnect(Session session, CloseCause cause) {
        ended.release();
    }
}
