package io.teleport.peer;

import org.junit.jupiter.api.Nested;

class LocalContractTests {

    private static final String ADDRESS = "local://contract";

    @Nested
    class Calls extends CallContract {
        @Override
        String address() {
            return ADDRESS;
        }
    }

    @Nested
    class Handlers extends HandlerContract {
        @Override
        String address() {
            return ADDRESS;
        }
    }

    @Nested
    class Closing extends CloseContract {
        @Override
        String address() {
            return ADDRESS;
        }
    }

    @Nested
    class Age extends SessionAgeContract {
        @Override
        String address() {
            return ADDRESS;
        }
    }

    @Nested
    class Shutdown extends GoAwayContract {
        @Override
        String address() {
            return ADDRESS;
        }
    }
}
