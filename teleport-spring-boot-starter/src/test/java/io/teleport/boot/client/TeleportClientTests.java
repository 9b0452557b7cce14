package io.teleport.boot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.boot.Teleport;
import io.teleport.boot.UnknownPeerException;
import io.teleport.boot.autoconfigure.TeleportAutoConfiguration;
import io.teleport.boot.client.scanned.ScannedClient;
import io.teleport.boot.handler.CallMapping;
import io.teleport.boot.handler.Meta;
import io.teleport.boot.handler.PushMapping;
import io.teleport.boot.handler.TeleportController;
import io.teleport.message.Metadata;
import io.teleport.message.StatusException;
import io.teleport.router.CallContext;
import io.teleport.session.Reply;
import io.teleport.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class TeleportClientTests {

    private static final String ADDRESS = "local://teleport-client-tests";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TeleportAutoConfiguration.class))
            .withPropertyValues("teleport.peers.server.listen=" + ADDRESS, "teleport.peers.client.dial=" + ADDRESS);

    private final ApplicationContextRunner mathRunner =
            runner.withBean(MathController.class).withUserConfiguration(MathClients.class);

    @Test
    void callsGiveValuesRepliesAndFutures() {
        mathRunner.run(context -> {
            MathClient math = context.getBean(MathClient.class);
            assertThat(math.add(1, 2, 3)).isEqualTo(6);
            Reply<Integer> reply = math.addWithReply(new int[] {4, 5});
            assertThat(reply.body()).isEqualTo(9);
            assertThat(reply.metadata().get("served")).isEqualTo("math");
            assertThat(math.addLater(new int[] {6}).get(20, TimeUnit.SECONDS)).isEqualTo(6);
            assertThat(math.addReplyLater(new int[] {7})
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS)
                            .body())
                    .isEqualTo(7);
            assertThat(math.range(3)).containsExactly(0L, 1L, 2L);
            math.addAndForget(new int[] {8});
        });
    }

    @Test
    void metadataIsSent() {
        mathRunner.run(context -> {
            MathClient math = context.getBean(MathClient.class);
            assertThat(math.meta("ada", List.of(1, 2), null, Optional.of("x"), Metadata.of("more", "y")))
                    .startsWith("author=ada&tag=1&tag=2&note=x&more=y&X-Timeout-Ms=");
        });
    }

    @Test
    void pushesGoOut() {
        mathRunner.run(context -> {
            MathClient math = context.getBean(MathClient.class);
            BlockingQueue<String> pushed = context.getBean(MathController.class).pushed;
            math.tell("now");
            assertThat(pushed.poll(20, TimeUnit.SECONDS)).isEqualTo("now");
            math.tellLater("later").get(20, TimeUnit.SECONDS);
            assertThat(pushed.poll(20, TimeUnit.SECONDS)).isEqualTo("later");
        });
    }

    @Test
    void failuresAreStatusExceptions() {
        mathRunner.run(context -> {
            MathClient math = context.getBean(MathClient.class);
            assertThatThrownBy(math::nowhere)
                    .isInstanceOfSatisfying(
                            StatusException.class,
                            e -> assertThat(e.status().code()).isEqualTo(404));
            assertThat(math.nowhereReply().status().code()).isEqualTo(404);
            CompletableFuture<StatusException> failure = new CompletableFuture<>();
            math.nowhereLater().whenComplete((value, e) -> failure.complete((StatusException) e));
            assertThat(failure.get(20, TimeUnit.SECONDS).status().code()).isEqualTo(404);
        });
    }

    @Test
    void cancellingAFutureForgetsTheCall() {
        mathRunner.run(context -> {
            MathClient math = context.getBean(MathClient.class);
            Session session = context.getBean(Teleport.class).session("client");
            CompletableFuture<String> never = math.never();
            context.getBean(MathController.class).neverArrived.get(20, TimeUnit.SECONDS);
            assertThat(callsInFlight(context.getBean(Teleport.class), session)).isEqualTo(1);

            never.cancel(true);

            assertThat(callsInFlight(context.getBean(Teleport.class), session)).isZero();
            context.getBean(MathController.class).neverAnswer.complete("too late");
        });
    }

    private static int callsInFlight(Teleport teleport, Session session) {
        return teleport.peer("client")
                .sockets()
                .find(session.socketId())
                .orElseThrow()
                .callsInFlight();
    }

    @Test
    void defaultMethodsAndThoseOfObjectWork() {
        mathRunner.run(context -> {
            MathClient math = context.getBean(MathClient.class);
            assertThat(math.addOneAndTwo()).isEqualTo(3);
            assertThat(Set.of(math)).contains(math).noneMatch(context.getBean(OtherClient.class)::equals);
            assertThat(math).hasToString("@TeleportClient " + MathClient.class.getName() + " (peer client)");
        });
    }

    @Test
    void withoutAConnectionCallsFailWithTheLastError() {
        runner.withUserConfiguration(MathClients.class)
                .withPropertyValues("teleport.peers.client.dial=local://nobody")
                .run(context -> {
                    MathClient math = context.getBean(MathClient.class);
                    assertThatThrownBy(() -> math.add(1))
                            .isInstanceOfSatisfying(
                                    StatusException.class,
                                    e -> assertThat(e.status().code()).isEqualTo(105))
                            .hasMessageContainingAll("peer 'client'", "local://nobody", "connection refused")
                            .hasRootCauseInstanceOf(StatusException.class);
                    CompletableFuture<Throwable> failure = new CompletableFuture<>();
                    math.addLater(new int[0]).whenComplete((value, e) -> failure.complete(e));
                    assertThat(failure.get(20, TimeUnit.SECONDS))
                            .isInstanceOf(StatusException.class)
                            .hasMessageContaining("105 Dial Failed");
                });
    }

    @Test
    void clientsInThePackagesOfTheApplicationAreBeans() {
        runner.withBean(MathController.class)
                .withUserConfiguration(Application.class)
                .run(context -> assertThat(context.getBean(ScannedClient.class).add(new int[] {1, 2}))
                        .isEqualTo(3));
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = ScannedClient.class)
    static class Application {}

    @Test
    void clientsInNamedPackagesAreBeans() {
        runner.withBean(MathController.class)
                .withUserConfiguration(NamedPackages.class)
                .run(context -> assertThat(context).hasSingleBean(ScannedClient.class));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTeleportClients(basePackages = "io.teleport.boot.client.scanned")
    static class NamedPackages {}

    @Test
    void anUnknownPeerFailsTheStart() {
        runner.withUserConfiguration(LostClients.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(UnknownPeerException.class)
                        .hasMessage("Unknown peer 'nowhere', named by @TeleportClient " + LostClient.class.getName()
                                + " (known: [server, client])"));
    }

    @TeleportClient(peer = "nowhere")
    interface LostClient {}

    @Configuration(proxyBeanMethods = false)
    @EnableTeleportClients(clients = LostClient.class)
    static class LostClients {}

    @Test
    void whatCannotBeAClientFailsTheStart() {
        assertInvalid(
                ListeningClient.class,
                "peer 'server' dials nothing (expected an address in teleport.peers.server.dial)");
        assertInvalid(UnmappedClient.class, "method ask(): it has neither of @CallMapping and @PushMapping");
        assertInvalid(TwoBodiesClient.class, "method ask(String, int): both", "could be the body");
        assertInvalid(SessionClient.class, "method ask(Session): parameter", "is for handlers");
        assertInvalid(AnsweredPushClient.class, "method tell(): a PUSH has no reply but it returns int");
    }

    private void assertInvalid(Class<?> type, String... problem) {
        runner.run(context -> {
            ClientFactory factory = new ClientFactory(
                    context.getBean(PeerDirectory.class),
                    text -> text,
                    ApplicationConversionService.getSharedInstance());
            assertThatThrownBy(() -> factory.create(type))
                    .isInstanceOf(InvalidClientException.class)
                    .hasMessageContaining(type.getName())
                    .hasMessageContainingAll(problem);
        });
    }

    @TeleportClient(peer = "server")
    interface ListeningClient {}

    @TeleportClient(peer = "client")
    interface UnmappedClient {
        void ask();
    }

    @TeleportClient(peer = "client")
    interface TwoBodiesClient {
        @CallMapping
        void ask(String one, int two);
    }

    @TeleportClient(peer = "client")
    interface SessionClient {
        @CallMapping
        void ask(Session session);
    }

    @TeleportClient(peer = "client")
    interface AnsweredPushClient {
        @PushMapping
        int tell();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTeleportClients(clients = {MathClient.class, OtherClient.class})
    static class MathClients {}

    @TeleportClient(peer = "client")
    interface OtherClient {}

    interface Ranges<T> {
        @CallMapping("/math/range")
        List<T> range(int end);
    }

    @TeleportClient(peer = "${the.peer:client}")
    interface MathClient extends Ranges<Long> {
        @CallMapping("/math/add")
        int add(int... numbers);

        @CallMapping("/math/add")
        Reply<Integer> addWithReply(int[] numbers);

        @CallMapping("/math/add")
        CompletableFuture<Integer> addLater(int[] numbers);

        @CallMapping("/math/add")
        CompletionStage<Reply<Integer>> addReplyLater(int[] numbers);

        @CallMapping("/math/add")
        void addAndForget(int[] numbers);

        @CallMapping("/math/meta")
        String meta(
                @Meta("author") String name,
                @Meta("tag") List<Integer> tags,
                @Meta("absent") String absent,
                @Meta("note") Optional<String> note,
                Metadata more);

        @CallMapping("/math/never")
        CompletableFuture<String> never();

        @PushMapping("/math/tell")
        void tell(String news);

        @PushMapping("/math/tell")
        CompletableFuture<Void> tellLater(String news);

        @CallMapping
        int nowhere();

        @CallMapping("/nowhere")
        Reply<Integer> nowhereReply();

        @CallMapping("/nowhere")
        CompletableFuture<Integer> nowhereLater();

        default int addOneAndTwo() {
            return add(1, 2);
        }
    }

    @TeleportController(path = "math", peers = "server")
    static class MathController {

        final BlockingQueue<String> pushed = new LinkedBlockingQueue<>();

        final CompletableFuture<Void> neverArrived = new CompletableFuture<>();

        final CompletableFuture<String> neverAnswer = new CompletableFuture<>();

        @CallMapping
        int add(int[] numbers, CallContext context) {
            context.replyMeta("served", "math");
            return IntStream.of(numbers).sum();
        }

        @CallMapping
        List<Integer> range(int end) {
            return IntStream.range(0, end).boxed().toList();
        }

        @CallMapping
        String meta(Metadata metadata) {
            return metadata.toQuery();
        }

        @CallMapping
        CompletionStage<String> never() {
            neverArrived.complete(null);
            return neverAnswer;
        }

        @PushMapping
        void tell(String news) {
            pushed.add(news);
        }
    }
}
