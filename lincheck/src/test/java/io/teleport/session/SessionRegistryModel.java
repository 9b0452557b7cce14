package io.teleport.session;

import io.teleport.message.StatusException;
import io.teleport.socket.CloseReason;
import io.teleport.socket.ModelConnection;
import io.teleport.socket.OutboundPolicy;
import io.teleport.socket.SocketRegistry;
import java.time.Duration;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;

/** Two sessions that open, take each other's id, log in as the same principal and close, all at once. */
@Param(name = "session", gen = IntGen.class, conf = "0:1")
public abstract class SessionRegistryModel {

    private static final String NAME = "p";

    private static final int SESSIONS = 2;

    final SessionRegistry registry;

    private final SocketRegistry sockets = new SocketRegistry(1);

    private final ModelConnection[] connections = new ModelConnection[SESSIONS];

    final LiveSession[] sessions = new LiveSession[SESSIONS];

    /** The ids that were asked for last; each session is renamed once. */
    private final String[] renamed = new String[SESSIONS];

    SessionRegistryModel(LoginPolicy policy) {
        registry = new SessionRegistry(policy);
        SessionEnvironment environment = environment(registry);
        for (int session = 0; session < SESSIONS; session++) {
            connections[session] = new ModelConnection(sockets, 1_000, OutboundPolicy.REFUSE);
            sessions[session] = new LiveSession(environment, connections[session].socket());
        }
    }

    @SuppressWarnings("NullAway") // no message is sent or received
    private static SessionEnvironment environment(SessionRegistry registry) {
        SessionSettings settings = new SessionSettings(
                Duration.ofHours(1), Duration.ofHours(1), Duration.ZERO, Duration.ZERO, 10, 10, 1_000);
        return new SessionEnvironment(
                settings, null, null, null, SessionHooks.NONE, null, Runnable::run, null, registry);
    }

    private void open(int session) {
        sessions[session].open(sessions[session].links().current());
    }

    @Operation(runOnce = true)
    public void openFirst() {
        open(0);
    }

    @Operation(runOnce = true)
    public void openSecond() {
        open(1);
    }

    private void rename(int session) {
        sessions[session].rename("same");
        renamed[session] = "same";
    }

    @Operation(runOnce = true)
    public void renameFirst() {
        rename(0);
    }

    @Operation(runOnce = true)
    public void renameSecond() {
        rename(1);
    }

    @Operation
    public void login(@Param(name = "session") int session) {
        try {
            sessions[session].login(Principal.of(NAME));
        } catch (StatusException | IllegalStateException e) {
            // Refused: what must hold then is what must hold anyway.
        }
    }

    @Operation
    public void logout(@Param(name = "session") int session) {
        sessions[session].logout();
    }

    @Operation
    public void close(@Param(name = "session") int session) {
        sessions[session].close(Duration.ZERO, CloseReason.LOCAL, "");
    }

    @Validate
    public void registryAndSessionsAgree() {
        for (int session = 0; session < SESSIONS; session++) {
            LiveSession one = sessions[session];
            boolean open = one.state() == SessionState.OPEN;
            boolean listed = registry.stream().anyMatch(other -> other == one);
            check(listed == open, one + (listed ? " is listed" : " is not listed"));
            boolean found = registry.get(one.id()).filter(other -> other == one).isPresent();
            check(found == open, one + (found ? " is found" : " is not found") + " by its id");
            boolean loggedIn = registry.ofPrincipal(NAME).anyMatch(other -> other == one);
            check(
                    loggedIn == (open && one.principal() != null),
                    one + (loggedIn ? " is found" : " is not found") + " by " + one.principal());
            check(renamed[session] == null || one.id().equals("same"), one + " has lost its id");
        }
        check(registry.count() == registry.stream().count(), "counted " + registry.count());
        checkLogins(List.of(sessions).stream()
                .filter(one -> one.principal() != null)
                .toList());
    }

    /** What the policy promises of the sessions that have a principal. */
    abstract void checkLogins(List<LiveSession> loggedIn);

    static void check(boolean holds, String found) {
        if (!holds) {
            throw new IllegalStateException(found);
        }
    }
}
