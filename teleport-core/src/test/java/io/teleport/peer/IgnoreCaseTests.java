package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.plugin.ignorecase.IgnoreCasePlugin;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The plugin ignorecase of behaviour.md section 8. */
class IgnoreCaseTests extends PeerPair {

    @Override
    String address() {
        return "local://ignore-case";
    }

    @Test
    void theServiceMethodOfACallIsLowerCasedBeforeRouting() {
        connect(options -> options.plugin(new IgnoreCasePlugin()), options -> options);
        server.router()
                .call("/math/add", String.class, (context, text) -> context.serviceMethod())
                .unknownCall(String.class, (context, text) -> "unknown " + context.serviceMethod());
        assertThat(session.call("/Math/ADD", "x", String.class)).isEqualTo("/math/add");
        assertThat(session.call("/math/add", "x", String.class)).isEqualTo("/math/add");
        assertThat(session.call("/\u00c4\u0130", "x", String.class)).isEqualTo("unknown /\u00e4i");
    }

    @Test
    void theServiceMethodOfAPushIsLowerCasedBeforeRouting() throws Exception {
        connect(options -> options.plugin(new IgnoreCasePlugin()), options -> options);
        CompletableFuture<String> pushed = new CompletableFuture<>();
        server.router().push("/note", String.class, (context, text) -> pushed.complete(context.serviceMethod()));
        session.push("/Note", "x");
        assertThat(soon(pushed)).isEqualTo("/note");
    }

    @Test
    void withoutThePluginNamesAreMatchedLiterally() {
        connect();
        server.router().call("/math/add", String.class, (context, text) -> text);
        for (String other : new String[] {"/Math/Add", "math/add", "/math/add?x=1", "/math/add/"}) {
            assertThat(session.request(other).call("x", String.class).status().code())
                    .as(other)
                    .isEqualTo(404);
        }
    }
}
