package io.teleport.boot.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.teleport.boot.Teleport;
import io.teleport.boot.autoconfigure.TeleportAutoConfiguration;
import io.teleport.plugin.PostReadCallBodyHook;
import io.teleport.router.Ordering;
import io.teleport.router.Route;
import io.teleport.session.IncomingMessage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Plugins, order and interruption of annotated handlers. */
class ControllerPluginTests {

    private static final String ADDRESS = "local://controller-plugin-tests";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TeleportAutoConfiguration.class))
            .withPropertyValues("teleport.peers.server.listen=" + ADDRESS, "teleport.peers.client.dial=" + ADDRESS)
            .withBean(Global.class)
            .withBean(OfController.class)
            .withBean(OfMethod.class)
            .withBean(Scoped.class);

    abstract static class Marking implements PostReadCallBodyHook {

        @Override
        public String name() {
            return getClass().getSimpleName();
        }

        @Override
        public void postReadCallBody(IncomingMessage call) {
            call.body(call.body() + " " + name());
        }
    }

    static final class Global extends Marking {}

    static final class OfController extends Marking {}

    static final class OfMethod extends Marking {}

    @TeleportController(path = "scoped", plugins = OfController.class)
    static class Scoped {

        @CallMapping
        String plain(String text) {
            return text;
        }

        @CallMapping(plugins = OfMethod.class, interruptible = true, inOrder = true)
        String special(String text) {
            return text;
        }

        @CallMapping(orderedBy = "X-Account")
        String keyed(String text) {
            return text;
        }
    }

    @Test
    void pluginsOfAControllerAndOfAMethodTakePartInTheirRoutesOnly() {
        runner.run(context -> {
            Teleport teleport = context.getBean(Teleport.class);
            var session = teleport.session("client");
            assertThat(session.call("/scoped/plain", "x", String.class)).isEqualTo("x Global OfController");
            assertThat(session.call("/scoped/special", "x", String.class)).isEqualTo("x Global OfController OfMethod");
            assertThat(teleport.peer("server").plugins())
                    .extracting(plugin -> plugin.name())
                    .containsExactly("Global");
        });
    }

    @Test
    void aMappingSaysHowItsRouteIsOrderedAndWhetherItMayBeInterrupted() {
        runner.run(context -> {
            List<Route> routes =
                    context.getBean(Teleport.class).peer("server").router().routes();
            assertThat(routes)
                    .extracting(Route::path, Route::ordering, Route::isInterruptible)
                    .containsExactly(
                            tuple("/scoped/keyed", Ordering.KEY, false),
                            tuple("/scoped/plain", Ordering.NONE, false),
                            tuple("/scoped/special", Ordering.SESSION, true));
        });
    }

    @Test
    void aPluginThatIsNoBeanIsAnErrorAtStartUp() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(TeleportAutoConfiguration.class))
                .withPropertyValues("teleport.peers.server.listen=" + ADDRESS)
                .withBean(Scoped.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("OfController")
                        .hasMessageContaining("expected exactly one of this class"));
    }
}
