package io.teleport.session;

import io.teleport.lincheck.ModelChecking;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link LoginPolicy#REFUSE_NEW}: of a principal one session is logged in, be it open or still being prepared. */
public class RefusingRegistryLincheckTests extends SessionRegistryModel {

    public RefusingRegistryLincheckTests() {
        super(LoginPolicy.REFUSE_NEW);
    }

    @Override
    void checkLogins(List<LiveSession> loggedIn) {
        long alive = loggedIn.stream().filter(one -> !one.state().hasEnded()).count();
        check(alive <= 1, alive + " sessions of one principal are logged in");
    }

    @Test
    void registryAndSessionsAgreeAfterAnyRace() {
        ModelChecking.checkWhole(RefusingRegistryLincheckTests.class);
    }
}
