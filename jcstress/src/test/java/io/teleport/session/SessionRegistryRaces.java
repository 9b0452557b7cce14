package io.teleport.session;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.teleport.message.StatusException;
import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketRole;
import java.time.Duration;
import java.util.Optional;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Who is in the registry, under which id and which principal, when ids change hands, principals log in and sessions end. A result tells what became of
 * the two sessions, {@code a} and {@code b}, how many are registered, and what is wrong with the registry, also after both were closed.
 */
public final class SessionRegistryRaces {

    private static final Principal ANN = Principal.of("ann");

    private SessionRegistryRaces() {}

    private abstract static class Two {

        final SessionRegistry registry;

        final HandSession a;

        final HandSession b;

        private String refused = "";

        Two(LoginPolicy policy) {
            registry = new SessionRegistry(policy);
            a = new HandSession(SocketRole.ACCEPTED, false, registry);
            a.session.rename("a");
            b = new HandSession(SocketRole.ACCEPTED, false, registry);
            b.session.rename("b");
        }

        final void rename(HandSession which, String id) {
            which.session.rename(id);
            run();
        }

        final void login(HandSession which) {
            try {
                which.session.login(ANN);
            } catch (StatusException e) {
                refuse(which.session.id() + " refused " + e.status().code());
            }
            run();
        }

        private synchronized void refuse(String text) {
            refused += refused.isEmpty() ? text : " and " + text;
        }

        final void close(HandSession which) {
            which.session.close(Duration.ZERO, CloseReason.LOCAL, "");
            run();
        }

        private void run() {
            a.run();
            b.run();
        }

        final void judge(LLL_Result result) {
            run();
            result.r1 = state(a) + (refused.isEmpty() ? "" : ", " + refused) + " and " + state(b);
            result.r2 = registry.count();
            StringBuilder wrong = new StringBuilder();
            check(wrong, a);
            check(wrong, b);
            a.session.close(Duration.ZERO, CloseReason.LOCAL, "");
            b.session.close(Duration.ZERO, CloseReason.LOCAL, "");
            wrong.append(a.mess()).append(b.mess());
            for (String id : new String[] {"a", "b", "x", "y"}) {
                wrong.append(registry.get(id).isPresent() ? id + " still there" : "");
            }
            result.r3 = wrong.append(registry.ofPrincipal("ann").findAny().isPresent() ? "ann still there" : "")
                    .toString();
        }

        private static String state(HandSession one) {
            return one.session.state() == SessionState.OPEN ? one.session.id() : reason(one);
        }

        private static String reason(HandSession one) {
            return one.session.closeFuture().toCompletableFuture().isDone()
                    ? one.session
                            .closeFuture()
                            .toCompletableFuture()
                            .join()
                            .reason()
                            .name()
                    : one.session.state().name();
        }

        /** Who is open is found under its id and principal; nobody else is. */
        private void check(StringBuilder wrong, HandSession one) {
            LiveSession session = one.session;
            boolean open = session.state() == SessionState.OPEN;
            Optional<Session> found = registry.get(session.id());
            if (open != found.filter(holder -> holder == session).isPresent()) {
                wrong.append(session.id()).append(open ? " is not found " : " is found though closed ");
            }
            boolean loggedIn = open && session.principal() != null;
            if (loggedIn != registry.ofPrincipal("ann").anyMatch(other -> other == session)) {
                wrong.append("logins of ").append(session.id());
            }
        }
    }

    private abstract static class Many extends Two {

        Many() {
            super(LoginPolicy.ALLOW_MANY);
        }
    }

    private abstract static class Replace extends Two {

        Replace() {
            super(LoginPolicy.REPLACE_OLDEST);
        }
    }

    private abstract static class Refuse extends Two {

        Refuse() {
            super(LoginPolicy.REFUSE_NEW);
        }
    }

    @JCStressTest
    @Description("G5: two sessions take the same id")
    @Outcome(id = "x and KICKED, 1, ", expect = ACCEPTABLE, desc = "b was first")
    @Outcome(id = "KICKED and x, 1, ", expect = ACCEPTABLE, desc = "a was first")
    @Outcome(expect = FORBIDDEN, desc = "found under a wrong id, not found, found though closed, or kept (G2, G5)")
    @State
    public static class RenameAndRename extends Many {

        @Actor
        public void one() {
            rename(a, "x");
        }

        @Actor
        public void other() {
            rename(b, "x");
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G5: a session changes its id while another takes it")
    @Outcome(id = "x and a, 2, ", expect = ACCEPTABLE, desc = "renamed before its id was taken")
    @Outcome(id = "KICKED and a, 1, ", expect = ACCEPTABLE, desc = "kicked before")
    @Outcome(expect = FORBIDDEN, desc = "found under a wrong id, not found, found though closed, or kept (G2, G5)")
    @State
    public static class RenameAndKick extends Many {

        @Actor
        public void one() {
            rename(a, "x");
        }

        @Actor
        public void other() {
            rename(b, "a");
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G5: two sessions take each other's id")
    @Outcome(id = "b and KICKED, 1, ", expect = ACCEPTABLE, desc = "a was first")
    @Outcome(id = "KICKED and a, 1, ", expect = ACCEPTABLE, desc = "b was first")
    @Outcome(expect = FORBIDDEN, desc = "found under a wrong id, not found, found though closed, or kept (G2, G5)")
    @State
    public static class SwapIds extends Many {

        @Actor
        public void one() {
            rename(a, "b");
        }

        @Actor
        public void other() {
            rename(b, "a");
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G5: one session gets two ids")
    @Outcome(id = "(x|y) and b, 2, ", expect = ACCEPTABLE, desc = "the later of them stays")
    @Outcome(expect = FORBIDDEN, desc = "found under a wrong id, not found, found though closed, or kept (G2, G5)")
    @State
    public static class RenameAndRenameOfOne extends Many {

        @Actor
        public void one() {
            rename(a, "x");
        }

        @Actor
        public void other() {
            rename(a, "y");
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G5: a session changes its id while it closes")
    @Outcome(id = "LOCAL and b, 1, ", expect = ACCEPTABLE, desc = "gone under either id")
    @Outcome(expect = FORBIDDEN, desc = "found under a wrong id, not found, found though closed, or kept (G2, G5)")
    @State
    public static class RenameAndClose extends Many {

        @Actor
        public void one() {
            rename(a, "x");
        }

        @Actor
        public void other() {
            close(a);
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G5: an id is taken while its holder closes")
    @Outcome(id = "(LOCAL|KICKED) and a, 1, ", expect = ACCEPTABLE, desc = "the new holder stays")
    @Outcome(expect = FORBIDDEN, desc = "found under a wrong id, not found, found though closed, or kept (G2, G5)")
    @State
    public static class TakeAndClose extends Many {

        @Actor
        public void one() {
            rename(b, "a");
        }

        @Actor
        public void other() {
            close(a);
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G5: two logins of one principal, the newer replaces the older")
    @Outcome(id = "a and KICKED, 1, ", expect = ACCEPTABLE, desc = "b was first")
    @Outcome(id = "KICKED and b, 1, ", expect = ACCEPTABLE, desc = "a was first")
    @Outcome(expect = FORBIDDEN, desc = "more logins than the policy allows, none, or kept (G5)")
    @State
    public static class LoginAndLoginReplace extends Replace {

        @Actor
        public void one() {
            login(a);
        }

        @Actor
        public void other() {
            login(b);
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G5: two logins of one principal, the newer is refused")
    @Outcome(id = "a, [ab] refused 401 and b, 2, ", expect = ACCEPTABLE, desc = "one was first")
    @Outcome(expect = FORBIDDEN, desc = "more logins than the policy allows, none, or kept (G5)")
    @State
    public static class LoginAndLoginRefuse extends Refuse {

        @Actor
        public void one() {
            login(a);
        }

        @Actor
        public void other() {
            login(b);
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G5: a login while the session closes")
    @Outcome(id = "LOCAL(, a refused 102)? and b, 1, ", expect = ACCEPTABLE, desc = "gone, and its principal with it")
    @Outcome(expect = FORBIDDEN, desc = "more logins than the policy allows, none, or kept (G5)")
    @State
    public static class LoginAndClose extends Many {

        @Actor
        public void one() {
            login(a);
        }

        @Actor
        public void other() {
            close(a);
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G5: a login in place of another while that one closes")
    @Outcome(id = "(LOCAL|KICKED) and b, 1, ", expect = ACCEPTABLE, desc = "the new login stays")
    @Outcome(expect = FORBIDDEN, desc = "more logins than the policy allows, none, or kept (G5)")
    @State
    public static class LoginAndKick extends Replace {

        public LoginAndKick() {
            login(a);
        }

        @Actor
        public void one() {
            login(b);
        }

        @Actor
        public void other() {
            close(a);
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G5: a session gets an id of its own while it is opened on its next connection")
    @Outcome(id = "x, 1, ", expect = ACCEPTABLE, desc = "it keeps the id it was given")
    @Outcome(expect = FORBIDDEN, desc = "the id is lost, or found after the end")
    @State
    public static class RenameAndOpening extends HandSession {

        private final Preparation next;

        public RenameAndOpening() {
            super(SocketRole.DIALED, true);
            lose();
            next = again();
        }

        @Actor
        public void rename() {
            session.rename("x");
            run();
        }

        @Actor
        public void open() {
            open(next);
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            run();
            result.r1 = session.id();
            result.r2 = registry.count();
            String wrong = registry.get("x").isPresent() ? "" : "not found ";
            session.close(Duration.ZERO, CloseReason.LOCAL, "");
            wrong += mess();
            result.r3 = wrong + (registry.get("x").isPresent() ? "still there" : "");
        }
    }

    @JCStressTest
    @Description("G5: a session is closed while it is opened on its next connection")
    @Outcome(id = "CLOSED, 0, ", expect = ACCEPTABLE, desc = "not registered afterwards")
    @Outcome(expect = FORBIDDEN, desc = "registered though closed")
    @State
    public static class CloseAndOpening extends HandSession {

        private final Preparation next;

        public CloseAndOpening() {
            super(SocketRole.DIALED, true);
            lose();
            next = again();
        }

        @Actor
        public void close() {
            session.close(Duration.ZERO, CloseReason.LOCAL, "");
            run();
        }

        @Actor
        public void open() {
            open(next);
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            result.r3 = mess();
            result.r1 = session.state().name();
            result.r2 = registry.count();
        }
    }
}
