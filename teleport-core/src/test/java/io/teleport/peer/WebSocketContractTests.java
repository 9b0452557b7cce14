package io.teleport.peer;

import org.junit.jupiter.api.Nested;

class WebSocketContractTests {

    private static final String ADDRESS = "ws://127.0.0.1:0/teleport";

    @Nested
    class Calls extends CallContract {
        @Override
        String address() {
            return ADDRESS;
        }
    }

    @Nested
    class CallsInJson extends CallContract {
        @Override
        String address() {
            return ADDRESS;
        }

        @Override
        String protocol() {
            return "json";
        }
    }

    @Nested
    class CallsInProtobuf extends CallContract {
        @Override
        String address() {
            return ADDRESS;
        }

        @Override
        String protocol() {
            return "protobuf";
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

        @Override
        String protocol() {
            return "json";
        }
    }
}
