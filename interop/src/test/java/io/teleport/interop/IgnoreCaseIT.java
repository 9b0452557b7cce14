package io.teleport.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.interop.peers.Ask;
import io.teleport.interop.peers.ClientSide;
import io.teleport.interop.peers.Equipment;
import io.teleport.interop.peers.Outcome;
import io.teleport.interop.peers.ServerSide;
import io.teleport.plugin.ignorecase.IgnoreCasePlugin;
import org.junit.jupiter.api.Test;

/** The plugin ignorecase. */
class IgnoreCaseIT extends PluginPairing {

    private static Equipment ignoringCase() {
        return Equipment.of(peer -> peer.plugin(new IgnoreCasePlugin()), "--ignore-case");
    }

    private static final Ask<Integer> SHOUTED = Ask.of("/MATH/Add", new int[] {1, 2}, Integer.class);

    @Test
    void aCallIsRoutedByItsMethodInLowerCase() {
        ServerSide server = serve(ignoringCase());
        assertResult(connect(server, Equipment.NONE).call(SHOUTED), 3);
        assertThat(server.awaitCall("/math/add").method()).isEqualTo("/math/add");
    }

    @Test
    void aPushIsRoutedByItsMethodInLowerCase() {
        ServerSide server = serve(ignoringCase());
        assertThat(connect(server, Equipment.NONE)
                        .push(Ask.push("/STATUS", "news"))
                        .isOk())
                .isTrue();
        assertThat(server.awaitPush("/status").text()).isEqualTo("news");
    }

    @Test
    void theSideThatDialedMayIgnoreCaseToo() {
        ServerSide server = serve(Equipment.NONE);
        ClientSide client = connect(server, ignoringCase());
        server.awaitSession();
        assertResult(client.call(Ask.sum(1)), 1);
        assertThat(server.callAll("/CLIENT/Add", 3, 4))
                .extracting(Outcome::value)
                .containsExactly(7);
    }

    @Test
    void withoutThePluginNamesAreTakenLiterally() {
        assertStatus(connect(serve(Equipment.NONE), ignoringCase()).call(SHOUTED), 404, "Not Found", "");
    }
}
