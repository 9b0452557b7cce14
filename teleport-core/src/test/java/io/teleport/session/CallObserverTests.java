package io.teleport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.MessageType;
import io.teleport.message.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallObserverTests {

    private final List<String> seen = new ArrayList<>();

    @Test
    void observersAreToldInTheOrderInWhichTheyWereJoined() {
        CallObserver both = recorder("first").andThen(recorder("second"));

        both.issued(MessageType.CALL, "/a", Status.OK, 1);
        both.handled(MessageType.PUSH, "/b", Status.OK, 1);

        assertThat(seen)
                .containsExactly("first issued /a", "second issued /a", "first handled /b", "second handled /b");
    }

    @Test
    void theObserverThatSeesNothingCostsNothing() {
        CallObserver observer = recorder("only");

        assertThat(CallObserver.NONE.andThen(observer)).isSameAs(observer);
        assertThat(observer.andThen(CallObserver.NONE)).isSameAs(observer);
    }

    private CallObserver recorder(String name) {
        return new CallObserver() {
            @Override
            public void issued(MessageType type, String serviceMethod, Status status, long nanos) {
                seen.add(name + " issued " + serviceMethod);
            }

            @Override
            public void handled(MessageType type, String route, Status status, long nanos) {
                seen.add(name + " handled " + route);
            }
        };
    }
}
