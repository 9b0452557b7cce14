package io.teleport.peer;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class UnixContractTests {

    @TempDir
    static Path directory;

    @Nested
    class Calls extends CallContract {
        @Override
        String address() {
            return "unix://" + directory.resolve("contract.sock");
        }
    }

    @Nested
    class Handlers extends HandlerContract {
        @Override
        String address() {
            return "unix://" + directory.resolve("contract.sock");
        }
    }

    @Nested
    class Closing extends UnixCloseContract {
        @Override
        String address() {
            return "unix://" + directory.resolve("contract.sock");
        }
    }
}
