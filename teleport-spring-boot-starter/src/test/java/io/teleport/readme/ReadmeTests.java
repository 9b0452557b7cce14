package io.teleport.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.boot.Teleport;
import io.teleport.boot.autoconfigure.TeleportAutoConfiguration;
import io.teleport.boot.client.EnableTeleportClients;
import io.teleport.peer.Peer;
import io.teleport.plugin.auth.AuthBearer;
import io.teleport.plugin.auth.TokenSupplier;
import io.teleport.session.PushReport;
import io.teleport.session.Reply;
import io.teleport.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Every Java snippet of the README stands in a source file of this package, so it compiles, and is used here, so it works. */
class ReadmeTests {

    private static final Path README = Path.of("..", "README.md");

    private static final Path SOURCES = Path.of("src", "test", "java", "io", "teleport", "readme");

    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

    @Test
    void everyJavaSnippetIsCompiled() throws IOException {
        List<String> snippets = snippets();
        assertThat(snippets).hasSizeGreaterThan(3);
        String compiled;
        try (Stream<Path> files = Files.list(SOURCES)) {
            compiled = files.map(ReadmeTests::read).map(ReadmeTests::folded).collect(Collectors.joining("\n"));
        }
        for (String snippet : snippets) {
            assertThat(compiled).as(snippet).contains(folded(snippet));
        }
    }

    private static List<String> snippets() throws IOException {
        List<String> snippets = new ArrayList<>();
        Matcher matcher = JAVA_BLOCK.matcher(Files.readString(README));
        while (matcher.find()) {
            snippets.add(matcher.group(1));
        }
        return snippets;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without white space, so that the formatter may break lines where the README does not. */
    private static String folded(String source) {
        return source.replaceAll("\\s+", "");
    }

    @Test
    void theSnippetsWithoutSpringRun() throws Exception {
        BlockingQueue<String> pushed = new LinkedBlockingQueue<>();
        Peer server = Peer.builder().listen("tcp://0.0.0.0:0").build();
        server.router()
                .call(
                        "/math/add",
                        int[].class,
                        (context, numbers) -> IntStream.of(numbers).sum());
        server.start();
        server.router().push("/push/status", String.class, (context, text) -> pushed.add(text));

        Peer client = Peer.client();
        Session session = client.dial("tcp://127.0.0.1:" + server.port());
        int sum = session.call("/math/add", new int[] {1, 2, 3}, int.class);
        session.push("/push/status", "hello");
        assertThat(sum).isEqualTo(6);
        assertThat(pushed.poll(20, TimeUnit.SECONDS)).isEqualTo("hello");

        Reply<Integer> reply = session.request("/math/add")
                .meta("author", "ada")
                .filter("gzip")
                .timeout(Duration.ofSeconds(10))
                .call(new int[] {1, 2, 3}, int.class);
        assertThat(reply.body()).isEqualTo(6);
        client.close();
        server.close();
    }

    @Test
    void theSnippetsAboutLoginsRun() throws Exception {
        BlockingQueue<String> news = new LinkedBlockingQueue<>();
        try (Peer ada = Peer.builder()
                .plugin(AuthBearer.of(TokenSupplier.fixed("token of ada")))
                .build()) {
            ada.router().push("/news", String.class, (context, text) -> news.add(text));
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(TeleportAutoConfiguration.class))
                    .withUserConfiguration(Logins.class)
                    .withPropertyValues(
                            "teleport.peers.main.listen=tcp://127.0.0.1:0",
                            "teleport.peers.main.login-policy=replace-oldest",
                            "teleport.peers.main.auth.checker=tokens",
                            "teleport.peers.main.heartbeat.pong=true",
                            "teleport.peers.main.overload.connections-per-address=100",
                            "teleport.peers.main.overload.rate-per-session=500")
                    .run(context -> {
                        Teleport teleport = context.getBean(Teleport.class);
                        ada.dial("tcp://127.0.0.1:" + teleport.peer("main").port());
                        while (teleport.peer("main").sessions().count() == 0) {
                            Thread.onSpinWait();
                        }
                        PushReport report = teleport.peer("main").sessions().push("ada", "/news", "hello");
                        assertThat(report.delivered()).isOne();
                        assertThat(news.poll(20, TimeUnit.SECONDS)).isEqualTo("hello");
                    });
        }
    }

    @Test
    void theSnippetsWithSpringRun() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (Peer orders = Peer.builder().listen("tcp://127.0.0.1:0").build();
                Peer device = Peer.client()) {
            orders.router()
                    .call("/orders/find", long.class, (context, id) -> new Order(id, "tea"))
                    .push("/orders/viewed", long.class, (context, id) -> seen.add("viewed " + id));
            orders.start();
            device.router()
                    .call("/operator/confirm", String.class, (context, question) -> seen.add(question))
                    .push("/push/status", String.class, (context, text) -> seen.add(text));
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(TeleportAutoConfiguration.class))
                    .withUserConfiguration(Application.class)
                    .withPropertyValues(
                            "teleport.peers.main.listen=tcp://127.0.0.1:0",
                            "teleport.peers.orders.dial=tcp://127.0.0.1:" + orders.port())
                    .run(context -> {
                        OrdersClient client = context.getBean(OrdersClient.class);
                        assertThat(client.find(7)).isEqualTo(new Order(7, "tea"));
                        assertThat(client.findLater(8, "ada").get(20, TimeUnit.SECONDS))
                                .isEqualTo(new Order(8, "tea"));
                        client.viewed(7);
                        assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("viewed 7");

                        String port = context.getEnvironment().getRequiredProperty("local.teleport.main.port");
                        Session session = device.dial("tcp://127.0.0.1:" + port);
                        int sum = session.call("/math/add", new int[] {1, 2, 3}, int.class);
                        assertThat(sum).isEqualTo(6);
                        String answer = session.call("/device/reboot", "d1", String.class);
                        assertThat(answer).isEqualTo("rebooting");
                        assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("reboot d1");
                        session.push("/math/reset", null);
                        assertThat(seen.poll(20, TimeUnit.SECONDS)).startsWith("reset was asked for by 127.0.0.1:");
                    });
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import({MathController.class, DeviceController.class})
    @EnableTeleportClients(clients = OrdersClient.class)
    static class Application {}
}
