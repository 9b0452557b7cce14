package io.teleport.boot.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.boot.Teleport;
import io.teleport.boot.UnknownPeerException;
import io.teleport.boot.autoconfigure.TeleportAutoConfiguration;
import io.teleport.message.Metadata;
import io.teleport.message.StatusException;
import io.teleport.peer.Peer;
import io.teleport.router.CallContext;
import io.teleport.router.InvalidHandlerException;
import io.teleport.router.PushContext;
import io.teleport.router.Route;
import io.teleport.router.RouteConflictException;
import io.teleport.session.Reply;
import io.teleport.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.AnnotatedGenericBeanDefinition;
import org.springframework.beans.factory.support.SimpleBeanDefinitionRegistry;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.AnnotationBeanNameGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class HandlerRegistrarTests {

    private static final String ADDRESS = "local://handler-registrar-tests";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TeleportAutoConfiguration.class))
            .withPropertyValues("teleport.peers.server.listen=" + ADDRESS, "teleport.peers.client.dial=" + ADDRESS);

    @Test
    void metadataBecomesParameters() {
        runner.withBean(MetaController.class).run(context -> {
            Session session = context.getBean(Teleport.class).session("client");
            Reply<String> reply = session.request("/meta/all")
                    .meta("author", "ada")
                    .meta("wait", "5s")
                    .meta("tag", "a")
                    .meta("tag", "b")
                    .call("body", String.class);
            assertThat(reply.body()).isEqualTo("body ada PT5S Optional.empty [a, b] null");
        });
    }

    @Test
    void missingMetadataIsABadMessage() {
        runner.withBean(MetaController.class).run(context -> {
            Session session = context.getBean(Teleport.class).session("client");
            assertThatThrownBy(() -> session.call("/meta/all", "body", String.class))
                    .isInstanceOf(StatusException.class)
                    .hasMessage("400 Bad Message: metadata 'author' is missing");
        });
    }

    @Test
    void metadataOfAnotherTypeIsABadMessage() {
        runner.withBean(MetaController.class).run(context -> {
            Session session = context.getBean(Teleport.class).session("client");
            Reply<String> reply = session.request("/meta/all")
                    .meta("author", "ada")
                    .meta("wait", "long")
                    .call("body", String.class);
            assertThat(reply.status().toException())
                    .hasMessage("400 Bad Message: metadata 'wait' is 'long' (expected Duration)");
        });
    }

    @TeleportController("meta")
    static class MetaController {
        @CallMapping
        String all(
                @Meta("author") String name,
                String body,
                @Meta Duration wait,
                @Meta(value = "note", required = false) Optional<String> note,
                @Meta(value = "tag", required = false) List<String> tags,
                @Meta(required = false) Integer absent) {
            return String.join(" ", body, name, wait.toString(), note.toString(), tags.toString(), absent + "");
        }
    }

    @Test
    void handlersTakeContextsSessionsAndMetadata() {
        BlockingQueue<String> pushed = new LinkedBlockingQueue<>();
        runner.withBean(ContextController.class, () -> new ContextController(pushed))
                .run(context -> {
                    Session session = context.getBean(Teleport.class).session("client");
                    Reply<String> reply = session.request("/who").meta("k", "v").call(null, String.class);
                    assertThat(reply.body()).matches("/who k=v&X-Timeout-Ms=[0-9]+ true");
                    assertThat(reply.metadata().get("served")).isEqualTo("yes");
                    session.push("/told", "news");
                    assertThat(pushed.poll(20, TimeUnit.SECONDS)).isEqualTo("/told news");
                });
    }

    @TeleportController
    record ContextController(BlockingQueue<String> pushed) {
        @CallMapping
        String who(CallContext context, Session session, Metadata metadata) {
            context.replyMeta("served", "yes");
            return context.serviceMethod() + " " + metadata.toQuery() + " "
                    + context.session().equals(session);
        }

        @PushMapping
        void told(String body, PushContext context) {
            pushed.add(context.serviceMethod() + " " + body);
        }
    }

    @Test
    void resultsMayComeLaterOrBeAStatus() {
        runner.withBean(ResultController.class).run(context -> {
            Session session = context.getBean(Teleport.class).session("client");
            assertThat(session.call("/later", "x", String.class)).isEqualTo("later x");
            assertThat(session.call("/nothing", "x", String.class)).isNull();
            assertThatThrownBy(() -> session.call("/refuse", "x", String.class))
                    .isInstanceOfSatisfying(
                            StatusException.class,
                            e -> assertThat(e.status().code()).isEqualTo(1001));
        });
    }

    @TeleportController
    static class ResultController {
        @CallMapping
        CompletionStage<String> later(String body) {
            return CompletableFuture.supplyAsync(() -> "later " + body);
        }

        @CallMapping
        void nothing(String body) {}

        @CallMapping
        String refuse(String body) {
            throw new StatusException(1001, "no");
        }
    }

    @Test
    void pathsComeFromPrefixMappingAndMapper() {
        runner.withBean(PathController.class)
                .withPropertyValues(
                        "teleport.peers.rpc.listen=local://rpc",
                        "teleport.peers.rpc.service-method-mapper=rpc",
                        "room=Chat")
                .run(context -> {
                    Teleport teleport = context.getBean(Teleport.class);
                    assertThat(teleport.peer("server").router().routes())
                            .extracting(Route::path)
                            .containsExactlyInAnyOrder("/chat/add_all", "/chat/say/loud");
                    assertThat(teleport.peer("rpc").router().routes())
                            .extracting(Route::path)
                            .containsExactlyInAnyOrder("Chat.addAll", "Chat.say/loud");
                });
    }

    @TeleportController("${room}")
    static class PathController {
        @CallMapping(inline = true)
        void addAll() {}

        @PushMapping("say/loud")
        void say() {}
    }

    @Test
    void inlineIsOfTheRoute() {
        runner.withBean(PathController.class).withPropertyValues("room=Chat").run(context -> {
            List<Route> routes =
                    context.getBean(Teleport.class).peer("server").router().routes();
            assertThat(routes).extracting(Route::isInline).containsExactly(true, false);
        });
    }

    @Test
    void aControllerMayServeSomePeersOnly() {
        runner.withBean(ClientSideController.class).run(context -> {
            Teleport teleport = context.getBean(Teleport.class);
            assertThat(teleport.peer("client").router().routes()).hasSize(1);
            assertThat(teleport.peer("server").router().routes()).isEmpty();
        });
    }

    @TeleportController(peers = "client")
    static class ClientSideController {
        @CallMapping
        void ask() {}
    }

    @Test
    void anUnknownPeerFailsTheStart() {
        runner.withBean(LostController.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(UnknownPeerException.class)
                        .hasMessage("Unknown peer 'nowhere', named by @TeleportController of "
                                + LostController.class.getName() + " (known: [server, client])"));
    }

    @TeleportController(peers = "nowhere")
    static class LostController {
        @CallMapping
        void ask() {}
    }

    @Test
    void twoHandlersOfOneRouteFailTheStart() {
        runner.withBean(ResultController.class)
                .withBean(SecondController.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(RouteConflictException.class)
                        .hasMessageContainingAll("/later", "ResultController", "SecondController"));
    }

    @TeleportController
    static class SecondController {
        @CallMapping("/later")
        void other() {}
    }

    @Test
    void anImpossibleHandlerFailsTheStart() {
        runner.withBean(ImpossibleController.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(InvalidHandlerException.class)
                        .hasMessageContainingAll("ImpossibleController.ask(int)", "cannot be null (expected Integer)"));
    }

    @TeleportController
    static class ImpossibleController {
        @CallMapping
        void ask(@Meta(required = false) int number) {}
    }

    @Test
    void proxiesAreCalledThrough() {
        runner.withUserConfiguration(Proxies.class).run(context -> {
            assertThat(context.getBean(ByClass.class)).matches(AopUtils::isCglibProxy);
            assertThat(context.getBean(Api.class)).matches(AopUtils::isJdkDynamicProxy);
            Session session = context.getBean(Teleport.class).session("client");
            assertThat(session.request("/by_class")
                            .meta("author", "ada")
                            .call("x", String.class)
                            .body())
                    .isEqualTo("advised x ada");
            assertThat(session.request("/by_interface")
                            .meta("author", "bob")
                            .call("y", String.class)
                            .body())
                    .isEqualTo("advised y bob");
        });
    }

    @Configuration(proxyBeanMethods = false)
    @Import({ByClass.class, ByInterface.class})
    static class Proxies {

        @Bean
        static BeanNameAutoProxyCreator proxyCreator() {
            BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
            creator.setBeanNames("*ByClass", "*ByInterface");
            creator.setInterceptorNames("advice");
            return creator;
        }

        @Bean
        static MethodInterceptor advice() {
            return invocation -> "advised " + invocation.proceed();
        }
    }

    @TeleportController
    static class ByClass {
        @CallMapping
        String byClass(String body, @Meta String author) {
            return body + " " + author;
        }
    }

    interface Api {
        String byInterface(String body, String name);
    }

    @TeleportController
    static class ByInterface implements Api {
        @Override
        @CallMapping
        public String byInterface(String body, @Meta("author") String name) {
            return body + " " + name;
        }
    }

    @Test
    void scannedControllersAreNotNamedAfterTheirPath() {
        String name = AnnotationBeanNameGenerator.INSTANCE.generateBeanName(
                new AnnotatedGenericBeanDefinition(MetaController.class), new SimpleBeanDefinitionRegistry());
        assertThat(name).isEqualTo("handlerRegistrarTests.MetaController");
    }

    @Test
    void handlersAreThereWhenThePeerListensThoughBeansAreLazy() {
        runner.withBean(MetaController.class)
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> {
                    Peer server = context.getBean(Teleport.class).peer("server");
                    assertThat(server.listening()).isNotEmpty();
                    assertThat(server.router().routes()).isNotEmpty();
                });
    }
}
