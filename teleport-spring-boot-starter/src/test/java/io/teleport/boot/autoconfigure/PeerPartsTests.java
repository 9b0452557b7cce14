package io.teleport.boot.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.boot.PeerCustomizer;
import io.teleport.boot.Teleport;
import io.teleport.boot.handler.CallMapping;
import io.teleport.boot.handler.TeleportController;
import io.teleport.codec.BodyCodec;
import io.teleport.codec.plain.PlainBodyCodec;
import io.teleport.filter.TransferFilter;
import io.teleport.filter.gzip.GzipFilter;
import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.peer.PeerOptions;
import io.teleport.plugin.Plugin;
import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.raw.RawProtocol;
import io.teleport.session.CallObserver;
import io.teleport.session.Reply;
import io.teleport.session.Session;
import io.teleport.transport.Transport;
import io.teleport.transport.tcp.TcpTransport;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Beans of the application that become part of every peer. */
class PeerPartsTests {

    private static final String ADDRESS = "local://peer-parts-tests";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TeleportAutoConfiguration.class))
            .withPropertyValues("teleport.peers.server.listen=" + ADDRESS, "teleport.peers.client.dial=" + ADDRESS);

    @Test
    void theApplicationsJsonMapperReadsAbsentPrimitiveFieldsAsGoWritesThem() {
        runner.withBean(JsonMapper.class, () -> JsonMapper.builder().build()).run(context -> {
            PeerOptions options = context.getBean(Teleport.class).peer("server").options();
            BodyCodec json = options.bodyCodecs().stream()
                    .filter(codec -> codec.name().equals("json"))
                    .findFirst()
                    .orElseThrow();
            ByteBuf body = Unpooled.copiedBuffer("{\"name\":\"a\"}", UTF_8);
            assertThat(json.decode(body, Sized.class)).isEqualTo(new Sized("a", 0));
        });
    }

    record Sized(String name, int size) {}

    @Test
    void codecsFiltersProtocolsAndTransportsAreRegistered() {
        BodyCodec codec = new ShoutingCodec();
        TransferFilter filter = new GzipFilter(200);
        Protocol protocol = new OtherProtocol();
        Transport transport = new TcpTransport();
        runner.withBean(BodyCodec.class, () -> codec)
                .withBean(TransferFilter.class, () -> filter)
                .withBean(Protocol.class, () -> protocol)
                .withBean(Transport.class, () -> transport)
                .withPropertyValues("teleport.peers.server.body-codec=shout", "teleport.peers.server.protocol=other")
                .run(context -> {
                    PeerOptions options =
                            context.getBean(Teleport.class).peer("server").options();
                    assertThat(options.bodyCodecs()).contains(codec);
                    assertThat(options.filters()).contains(filter);
                    assertThat(options.protocols()).contains(protocol);
                    assertThat(options.transports()).contains(transport);
                });
    }

    private static final class ShoutingCodec implements BodyCodec {

        private final BodyCodec plain = new PlainBodyCodec();

        @Override
        public int id() {
            return 'S';
        }

        @Override
        public String name() {
            return "shout";
        }

        @Override
        public void encode(Object value, ByteBuf out) {
            plain.encode(value.toString().toUpperCase(Locale.ROOT), out);
        }

        @Override
        public Object decode(ByteBuf in, Type type) {
            return plain.decode(in, type);
        }
    }

    private static final class OtherProtocol implements Protocol {
        @Override
        public String name() {
            return "other";
        }

        @Override
        public FrameCodec newFrameCodec(ProtocolContext context) {
            return new RawProtocol().newFrameCodec(context);
        }
    }

    @Test
    void theMapperOfTheApplicationReadsAndWritesJson() {
        runner.withBean(
                        JsonMapper.class,
                        () -> JsonMapper.builder()
                                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                                .build())
                .withBean(NameController.class)
                .run(context -> {
                    Session session = context.getBean(Teleport.class).session("client");
                    byte[] name = "{\"first_name\":\"Ada\",\"last_name\":\"Lovelace\"}".getBytes(UTF_8);
                    Reply<byte[]> reply = session.request("/swap").call(name, byte[].class);
                    assertThat(reply.body())
                            .asString(UTF_8)
                            .isEqualTo("{\"first_name\":\"Lovelace\",\"last_name\":\"Ada\"}");
                });
    }

    record Name(String firstName, String lastName) {}

    @TeleportController
    static class NameController {
        @CallMapping
        Name swap(Name name) {
            return new Name(name.lastName(), name.firstName());
        }
    }

    @Test
    void pluginsAndCustomizersRunInTheirOrder() {
        runner.withUserConfiguration(Ordered.class).run(context -> {
            assertThat(context.getBean(Teleport.class).peer("server").plugins())
                    .extracting(Plugin::name)
                    .containsExactly("first", "second", "from customizer of server");
            assertThat(context.getBean(Teleport.class).peer("client").options().callTimeout())
                    .hasSeconds(2);
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Ordered {
        @Bean
        @Order(2)
        Plugin second() {
            return () -> "second";
        }

        @Bean
        @Order(1)
        Plugin first() {
            return () -> "first";
        }

        @Bean
        @Order(2)
        PeerCustomizer lastWord() {
            return (name, builder) -> builder.callTimeout(Duration.ofSeconds(2));
        }

        @Bean
        @Order(1)
        PeerCustomizer firstWord() {
            return (name, builder) ->
                    builder.plugin(() -> "from customizer of " + name).callTimeout(Duration.ofSeconds(1));
        }
    }

    @Test
    void observersSeeTheCalls() {
        List<String> seen = new CopyOnWriteArrayList<>();
        runner.withBean(CallObserver.class, () -> new CallObserver() {
                    @Override
                    public void handled(MessageType type, String route, Status status, long nanos) {
                        seen.add(type + " " + route);
                    }
                })
                .withBean(NameController.class)
                .run(context -> context.getBean(Teleport.class)
                        .session("client")
                        .call("/swap", new Name("a", "b"), Name.class));
        assertThat(seen).containsExactly("CALL /swap");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void handlersRunOnVirtualThreadsIfTheApplicationDoes() {
        runner.withPropertyValues("spring.threads.virtual.enabled=true")
                .withBean(ThreadController.class)
                .run(context -> assertThat(context.getBean(Teleport.class)
                                .session("client")
                                .call("/thread", null, String.class))
                        .startsWith("VirtualThread")
                        .contains("teleport-server-handler-"));
    }

    @Test
    void handlersRunOnThePoolOfTheirPeerOtherwise() {
        runner.withBean(ThreadController.class)
                .run(context -> assertThat(context.getBean(Teleport.class)
                                .session("client")
                                .call("/thread", null, String.class))
                        .startsWith("Thread[")
                        .contains("teleport-server-handler-1"));
    }

    @TeleportController
    static class ThreadController {
        @CallMapping
        String thread() {
            return Thread.currentThread().toString();
        }
    }
}
