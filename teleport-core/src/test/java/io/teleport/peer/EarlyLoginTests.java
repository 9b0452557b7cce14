package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.plugin.PostAcceptHook;
import io.teleport.session.LoginPolicy;
import io.teleport.session.Principal;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logins before the session is open, where a hook on accepting makes them: the policy holds for these as well. */
class EarlyLoginTests extends PeerPair {

    private final BlockingQueue<Session> accepted = new LinkedBlockingQueue<>();

    @Override
    String address() {
        return "local://early-login";
    }

    private final AtomicInteger arrived = new AtomicInteger();

    /** Lets two go on at the same moment, without the time that waking takes. */
    private void meet() {
        int bothHere = (arrived.getAndIncrement() / 2 + 1) * 2;
        while (arrived.get() < bothHere) {
            Thread.onSpinWait();
        }
    }

    private void startWithLogin(LoginPolicy policy, Runnable before, Runnable after) {
        start(
                options -> options.loginPolicy(policy).plugin(new PostAcceptHook() {
                    @Override
                    public String name() {
                        return "login";
                    }

                    @Override
                    public void postAccept(Session session) {
                        accepted.add(session);
                        before.run();
                        session.login(Principal.of("ada"));
                        after.run();
                    }
                }),
                options -> options);
        server.router()
                .call(
                        "/who",
                        void.class,
                        (context, nothing) ->
                                context.session().requirePrincipal().name());
    }

    private Session dial() {
        return client.dial(server.listening().get(0).toString());
    }

    private Session nextAccepted() throws InterruptedException {
        Session next = accepted.poll(60, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    @Test
    void aLoginBeforeTheSessionIsOpenCountsFromThenOn() throws Exception {
        startWithLogin(LoginPolicy.REPLACE_OLDEST, () -> {}, () -> {});
        Session first = dial();
        assertThat(first.call("/who", null, String.class)).isEqualTo("ada");
        Session second = dial();
        assertThat(second.call("/who", null, String.class)).isEqualTo("ada");
        assertThat(nextAccepted()
                        .closeFuture()
                        .toCompletableFuture()
                        .get(60, TimeUnit.SECONDS)
                        .reason())
                .isEqualTo(CloseReason.KICKED);
        assertThat(server.sessions().ofPrincipal("ada")).containsExactly(nextAccepted());
    }

    @Test
    @Timeout(300)
    void ofTwoLoginsThatOpenAtOnceExactlyOneStays() throws Exception {
        startWithLogin(LoginPolicy.REPLACE_OLDEST, () -> {}, this::meet);
        for (int round = 0; round < 500; round++) {
            List<Session> dialed = List.of(dial(), dial());
            List<Session> there = List.of(nextAccepted(), nextAccepted());
            CompletableFuture.anyOf(
                            there.get(0).closeFuture().toCompletableFuture(),
                            there.get(1).closeFuture().toCompletableFuture())
                    .get(60, TimeUnit.SECONDS);
            List<Session> stayed = server.sessions().ofPrincipal("ada").toList();
            assertThat(stayed).hasSize(1).isSubsetOf(there);
            Session alive = dialed.stream()
                    .filter(one -> one.localAddress().equals(stayed.get(0).remoteAddress()))
                    .findFirst()
                    .orElseThrow();
            assertThat(alive.call("/who", null, String.class)).isEqualTo("ada");
        }
    }

    @Test
    @Timeout(300)
    void ofTwoLoginsThatOpenAtOnceExactlyOneIsRefused() throws Exception {
        startWithLogin(LoginPolicy.REFUSE_NEW, this::meet, () -> {});
        for (int round = 0; round < 500; round++) {
            List<Session> dialed = List.of(dial(), dial());
            List<Session> there = List.of(nextAccepted(), nextAccepted());
            Object refused = CompletableFuture.anyOf(
                            there.get(0).closeFuture().toCompletableFuture(),
                            there.get(1).closeFuture().toCompletableFuture())
                    .get(60, TimeUnit.SECONDS);
            assertThat(refused).hasFieldOrPropertyWithValue("detail", "principal 'ada' is logged in already");
            Session alive = dialed.stream()
                    .filter(one -> there.stream()
                            .anyMatch(other -> other.principal() != null
                                    && other.remoteAddress().equals(one.localAddress())))
                    .findFirst()
                    .orElseThrow();
            assertThat(alive.call("/who", null, String.class)).isEqualTo("ada");
            alive.close();
            for (Session one : there) {
                one.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
            }
        }
    }
}
