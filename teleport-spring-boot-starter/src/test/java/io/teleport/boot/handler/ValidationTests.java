package io.teleport.boot.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.boot.Teleport;
import io.teleport.boot.autoconfigure.TeleportAutoConfiguration;
import io.teleport.message.Status;
import io.teleport.session.Session;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

/** What Go's binder does, by Jakarta Validation: behaviour.md section 8. */
class ValidationTests {

    private static final String ADDRESS = "local://validation-tests";

    private final BlockingQueue<String> pushed = new LinkedBlockingQueue<>();

    private final ApplicationContextRunner plain = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TeleportAutoConfiguration.class))
            .withPropertyValues("teleport.peers.server.listen=" + ADDRESS, "teleport.peers.client.dial=" + ADDRESS)
            .withBean(Bh.class, () -> new Bh(pushed));

    private final ApplicationContextRunner runner =
            plain.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class));

    record Arg(
            @Min(value = 1, message = "smaller than {value}: ${validatedValue}")
            int a,

            @Valid Inner inner) {}

    record Inner(@NotBlank(message = "say \"something\"") String text) {}

    @TeleportController("bh")
    record Bh(BlockingQueue<String> pushed) {

        @CallMapping("do")
        int run(Arg arg) {
            return arg.a();
        }

        @CallMapping
        int all(List<Arg> args) {
            return args.size();
        }

        @CallMapping
        int page(@Meta @Min(1) @Max(9) int page) {
            return page;
        }

        @CallMapping
        String tags(@Meta(value = "tag", required = false) List<@Pattern(regexp = "[a-z]+") String> tags) {
            return String.join(",", tags);
        }

        @CallMapping
        String user(
                @SessionAttribute("user") String user,
                @SessionAttribute(required = false) Optional<Integer> level,
                Session session) {
            return user + " " + level + " " + session.attributes().size();
        }

        @CallMapping
        int rank(@SessionAttribute("rank") @Max(5) int rank) {
            return rank;
        }

        @PushMapping
        void note(Arg arg) {
            pushed.add("note " + arg.a());
        }
    }

    private static Status refusal(Session session, String route, Object body) {
        return session.request(route).call(body, int.class).status();
    }

    private static Session client(Teleport teleport) {
        Session session = teleport.session("client");
        // So that the server's end can be found.
        session.request("/nowhere").call(null, Void.class);
        return session;
    }

    private static Session server(Teleport teleport) {
        return teleport.peer("server").sessions().stream().findFirst().orElseThrow();
    }

    @Test
    void anArgumentThatBreaksAConstraintIs400WithTheCauseOfGosBinder() {
        runner.run(context -> {
            Session session = client(context.getBean(Teleport.class));
            assertThat(refusal(session, "/bh/do", new Arg(0, null)))
                    .isEqualTo(Status.of(
                            400,
                            "Invalid Parameter",
                            "{\"handler\": \"/bh/do\", \"param\": \"a\", \"reason\": \"smaller than 1: 0\"}"));
            assertThat(session.call("/bh/do", new Arg(3, null), int.class)).isEqualTo(3);
        });
    }

    @Test
    void nestedArgumentsAreValidatedAndTheCauseIsJson() {
        runner.run(context -> assertThat(
                        refusal(client(context.getBean(Teleport.class)), "/bh/do", new Arg(1, new Inner(" ")))
                                .cause())
                .isEqualTo("{\"handler\": \"/bh/do\", \"param\": \"inner.text\","
                        + " \"reason\": \"say \\\"something\\\"\"}"));
    }

    @Test
    void elementsOfACollectionAreValidated() {
        runner.run(context -> assertThat(refusal(
                                client(context.getBean(Teleport.class)),
                                "/bh/all",
                                List.of(new Arg(1, null), new Arg(0, null)))
                        .cause())
                .contains("\"param\": \"[1].a\""));
    }

    @Test
    void anArgumentOfAPushIsValidatedToo() {
        runner.run(context -> {
            Session session = client(context.getBean(Teleport.class));
            session.push("/bh/note", new Arg(0, null));
            session.push("/bh/note", new Arg(7, null));
            assertThat(pushed.poll(20, TimeUnit.SECONDS)).isEqualTo("note 7");
            assertThat(pushed).isEmpty();
        });
    }

    @Test
    void metadataThatBreaksAConstraintIs400WithItsKey() {
        runner.run(context -> {
            Session session = client(context.getBean(Teleport.class));
            Status refusal = session.request("/bh/page")
                    .meta("page", "10")
                    .call(null, int.class)
                    .status();
            assertThat(refusal.msg()).isEqualTo("Invalid Parameter");
            assertThat(refusal.cause())
                    .isEqualTo("{\"handler\": \"/bh/page\", \"param\": \"page\","
                            + " \"reason\": \"must be less than or equal to 9\"}");
            assertThat(session.request("/bh/page")
                            .meta("page", "9")
                            .call(null, int.class)
                            .body())
                    .isEqualTo(9);
        });
    }

    @Test
    void repeatedMetadataFillsAListAndIsValidated() {
        runner.run(context -> {
            Session session = client(context.getBean(Teleport.class));
            assertThat(session.request("/bh/tags")
                            .meta("tag", "a")
                            .meta("tag", "b")
                            .call(null, String.class)
                            .body())
                    .isEqualTo("a,b");
            assertThat(session.request("/bh/tags")
                            .meta("tag", "A")
                            .call(null, String.class)
                            .status()
                            .code())
                    .isEqualTo(400);
        });
    }

    @Test
    void attributesOfTheSessionAreParametersConvertedAndValidated() {
        runner.run(context -> {
            Teleport teleport = context.getBean(Teleport.class);
            Session session = client(teleport);
            Session accepted = server(teleport);
            assertThat(session.request("/bh/user").call(null, String.class).status())
                    .isEqualTo(Status.of(400, "Bad Message", "session attribute 'user' is missing"));
            accepted.attributes().put("user", "ada");
            accepted.attributes().put("level", "7");
            assertThat(session.call("/bh/user", null, String.class)).isEqualTo("ada Optional[7] 2");
            accepted.attributes().put("rank", "high");
            assertThat(session.request("/bh/rank").call(null, int.class).status())
                    .isEqualTo(Status.of(
                            400, "Bad Message", "session attribute 'rank' cannot be used (expected Integer)"));
            accepted.attributes().put("rank", 6);
            assertThat(session.request("/bh/rank")
                            .call(null, int.class)
                            .status()
                            .cause())
                    .contains("\"param\": \"rank\"");
        });
    }

    @Test
    void aPeerMayBeWithoutValidation() {
        runner.withPropertyValues("teleport.peers.server.validation=false")
                .run(context -> assertThat(
                                client(context.getBean(Teleport.class)).call("/bh/do", new Arg(0, null), int.class))
                        .isZero());
    }

    @Test
    void withoutAValidatorNothingIsValidated() {
        plain.run(context -> assertThat(
                        client(context.getBean(Teleport.class)).call("/bh/do", new Arg(0, null), int.class))
                .isZero());
    }

    @Test
    void theLibraryIsOptional() {
        plain.withClassLoader(new FilteredClassLoader("jakarta.validation"))
                .run(context -> assertThat(context).hasNotFailed());
    }
}
