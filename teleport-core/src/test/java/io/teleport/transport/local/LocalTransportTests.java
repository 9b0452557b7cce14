package io.teleport.transport.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

class LocalTransportTests {

    private static SocketAddress localAddress() {
        Bootstrap bootstrap = new Bootstrap();
        new LocalTransport().configure(bootstrap);
        return bootstrap.config().localAddress();
    }

    @Test
    void eachDialingEndHasAnAddressOfItsOwn() {
        assertThat(localAddress()).isNotNull().isNotEqualTo(localAddress());
    }
}
