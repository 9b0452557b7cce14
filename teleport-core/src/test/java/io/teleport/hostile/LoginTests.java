package io.teleport.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.teleport.hostile.Attacker.Heard;
import io.teleport.message.MessageType;
import io.teleport.plugin.auth.AuthBearer;
import io.teleport.plugin.auth.AuthChecker;
import io.teleport.plugin.auth.TokenSupplier;
import io.teleport.session.Principal;
import io.teleport.socket.CloseReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Those who talk before they have said who they are, or say it twice. */
class LoginTests extends WireCase {

    @Override
    Target open(Wire wire) {
        return new Target(
                wire,
                options -> wire.carriesLogins()
                        ? options.plugin(
                                AuthChecker.of(request -> request.token().isEmpty() ? null : Principal.of("ada")))
                        : options,
                options ->
                        wire.carriesLogins() ? options.plugin(AuthBearer.of(TokenSupplier.fixed("secret"))) : options);
    }

    private byte[] login(int sequence) {
        return wire.message(wire.header(MessageType.AUTH_CALL.id(), sequence, ""), wire.body());
    }

    @Test
    void aCallBeforeTheLoginIsRefusedWith401() throws Exception {
        assumeThat(wire.carriesLogins()).as("has logins").isTrue();
        try (Attacker attacker = target.attacker()) {
            attacker.send(wire.call(1, "/echo"), wire.call(2, "/echo"));
            Heard refusal = attacker.hear();
            assertThat(refusal.type()).isEqualTo(MessageType.AUTH_REPLY);
            assertThat(refusal.code()).isEqualTo(401);
            assertThat(refusal.body()).isEmpty();
            attacker.rest();
            target.assertEnded(attacker, CloseReason.UNAUTHORIZED, "expect: AUTH_CALL, but received: CALL");
        }
    }

    @Test
    void aSecondLoginIsNoMessageOfASession() throws Exception {
        assumeThat(wire.carriesLogins() && wire != Wire.HTTP).as("has logins").isTrue();
        try (Attacker attacker = target.attacker()) {
            attacker.send(login(1), login(2));
            assertThat(attacker.hear().type()).isEqualTo(MessageType.AUTH_REPLY);
            attacker.rest();
            target.assertEnded(attacker, CloseReason.PROTOCOL_ERROR, "unsupported message type: 4");
        }
    }

    @Test
    void repliesAndPushesAreNoLoginEither() throws Exception {
        assumeThat(wire.carriesLogins() && wire.carriesPushes()).as("has both").isTrue();
        for (MessageType type : List.of(MessageType.REPLY, MessageType.PUSH, MessageType.AUTH_REPLY)) {
            try (Attacker attacker = target.attacker()) {
                attacker.send(wire.message(wire.header(type.id(), 1, ""), wire.body()));
                assertThat(attacker.hear().code()).isEqualTo(401);
                attacker.rest();
                target.assertEnded(attacker, CloseReason.UNAUTHORIZED, "but received: " + type.text());
            }
        }
    }
}
