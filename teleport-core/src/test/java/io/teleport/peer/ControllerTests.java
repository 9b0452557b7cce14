package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.message.Status;
import io.teleport.router.CallContext;
import io.teleport.router.InvalidHandlerException;
import io.teleport.router.PushContext;
import io.teleport.router.Route;
import io.teleport.router.RouteConflictException;
import io.teleport.router.Router;
import io.teleport.router.ServiceMethodMapper;
import io.teleport.session.Principal;
import io.teleport.session.Session;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ControllerTests extends PeerPair {

    @Override
    String address() {
        return "local://controllers";
    }

    static final class Maths {

        public int add(int[] numbers) {
            return Arrays.stream(numbers).sum();
        }

        public CompletionStage<String> whoAmI(CallContext context, Session session) {
            return CompletableFuture.completedFuture(
                    session.id().equals(context.session().id()) ? "you" : "?");
        }

        public void nothing() {}
    }

    static final class Greetings {

        public String mine(Principal principal) {
            return "hello " + principal.name();
        }

        public String anybodys(@Nullable Principal principal) {
            return "hello " + (principal == null ? "whoever you are" : principal.name());
        }
    }

    static final class Odd {

        public int twoBodies(String one, String two) {
            return one.length() + two.length();
        }

        public int wrongContext(PushContext context) {
            return context.sequence();
        }

        public static int ofTheClass() {
            return 1;
        }

        public int answers() {
            return 2;
        }
    }

    private static Method method(String name) {
        return Arrays.stream(Odd.class.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void methodsAreNamedLikePaths() {
        connect();
        server.router().group("v1").calls(new Maths());
        assertThat(server.router().routes())
                .extracting(Route::path)
                .containsExactly("/v1/maths/add", "/v1/maths/nothing", "/v1/maths/who_am_i");
        assertThat(session.call("/v1/maths/add", new int[] {1, 2, 3}, int.class))
                .isEqualTo(6);
        assertThat(session.call("/v1/maths/who_am_i", null, String.class)).isEqualTo("you");
        assertThat(session.request("/v1/maths/nothing").call(null, void.class).isOk())
                .isTrue();
    }

    @Test
    void aPrincipalIsWhoIsLoggedInAndSomebodyMustBeUnlessItMayBeNull() {
        connect();
        server.router().calls(new Greetings());
        assertThat(session.call("/greetings/anybodys", null, String.class)).isEqualTo("hello whoever you are");
        assertThat(refusal(() -> session.call("/greetings/mine", null, String.class)))
                .isEqualTo(Status.of(401, "Unauthorized", "not logged in"));
        serverSession().login(Principal.of("ada"));
        assertThat(session.call("/greetings/anybodys", null, String.class)).isEqualTo("hello ada");
        assertThat(session.call("/greetings/mine", null, String.class)).isEqualTo("hello ada");
    }

    @Test
    void orWithDots() {
        connect(options -> options.serviceMethodMapper(ServiceMethodMapper.rpc()), options -> options);
        server.router().calls(new Maths());
        assertThat(session.call("Maths.add", new int[] {1, 2, 3}, int.class)).isEqualTo(6);
    }

    @Test
    void aMethodThatCannotBeAHandlerIsRefusedWithItsName() {
        connect();
        Router router = server.router();
        assertThatThrownBy(() -> router.callMethod("/x", new Odd(), method("twoBodies")))
                .isInstanceOf(InvalidHandlerException.class)
                .hasMessageContaining(Odd.class.getName() + ".twoBodies(String, String)")
                .hasMessageContaining("expected one parameter for the body at the most");
        assertThatThrownBy(() -> router.callMethod("/x", new Odd(), method("wrongContext")))
                .hasMessageContaining("a CALL handler has no PushContext (expected CallContext)");
        assertThatThrownBy(() -> router.callMethod("/x", new Odd(), method("ofTheClass")))
                .hasMessageContaining("it is static");
        assertThatThrownBy(() -> router.pushMethod("/x", new Odd(), method("answers")))
                .hasMessageContaining("a PUSH has no reply but the method returns int");
        assertThat(router.routes()).isEmpty();
    }

    @Test
    void twoHandlersOfOneRouteAreRefusedAndTheFirstStays() {
        connect();
        server.router().call("/one", String.class, (context, text) -> "first");
        assertThatThrownBy(() -> server.router().call("/one", String.class, (context, text) -> "second"))
                .isInstanceOf(RouteConflictException.class)
                .hasMessageContaining("CALL route '/one'")
                .hasMessageContaining("is already taken by");
        assertThat(session.call("/one", "", String.class)).isEqualTo("first");
    }
}
