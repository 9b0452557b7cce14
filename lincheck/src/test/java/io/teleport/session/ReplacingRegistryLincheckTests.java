package io.teleport.session;

import io.teleport.lincheck.ModelChecking;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link LoginPolicy#REPLACE_OLDEST}: of a principal one session is open. */
public class ReplacingRegistryLincheckTests extends SessionRegistryModel {

    public ReplacingRegistryLincheckTests() {
        super(LoginPolicy.REPLACE_OLDEST);
    }

    @Override
    void checkLogins(List<LiveSession> loggedIn) {
        long open = loggedIn.stream()
                .filter(one -> one.state() == SessionState.OPEN)
                .count();
        check(open <= 1, open + " sessions of one principal are open");
    }

    @Test
    void registryAndSessionsAgreeAfterAnyRace() {
        ModelChecking.checkWhole(ReplacingRegistryLincheckTests.class);
    }
}
