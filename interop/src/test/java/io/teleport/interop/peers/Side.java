package io.teleport.interop.peers;

import io.teleport.socket.CloseReason;
import java.util.List;

/** One end of a pairing. Everything that waits does so for what happens and fails the test after a generous limit. */
public interface Side extends AutoCloseable {

    /** Waits for a CALL to this route whose handler has begun; each is given once. */
    Received awaitCall(String method);

    /** Routes of the CALLs whose handlers have begun and nobody has waited for. */
    List<String> callsSoFar();

    /** Waits for a PUSH to this route; each is given once. */
    Received awaitPush(String method);

    /** Waits for the end of the session, and where this side keeps record of reasons, checks that it is this one. */
    void expectEnd(CloseReason reason);

    boolean canEnd(Ending how);

    /** Ends whatever still runs. */
    @Override
    void close();
}
