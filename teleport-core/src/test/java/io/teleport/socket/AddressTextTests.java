package io.teleport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.local.LocalAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTests {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1:9090",
        "::1, [::1]:9090",
        "2001:db8:0:0:1:0:0:1, [2001:db8::1:0:0:1]:9090",
        "fe80::1%7, [fe80::1%7]:9090",
    })
    void addressesOfTheInternetAreWrittenAsInGo(String literal, String text) throws UnknownHostException {
        InetAddress[] address = InetAddress.getAllByName(literal);
        assertThat(AddressText.of(new InetSocketAddress(address[0], 9090))).isEqualTo(text);
    }

    @Test
    void othersAreWrittenByTheirName() {
        assertThat(AddressText.of(UnixDomainSocketAddress.of("/run/a.sock"))).isEqualTo("/run/a.sock");
        assertThat(AddressText.of(new LocalAddress("a"))).isEqualTo("a");
        assertThat(AddressText.of(InetSocketAddress.createUnresolved("a.example", 1)))
                .isEqualTo("a.example:1");
    }

    @Test
    void anEndWithoutAddressHasNoText() {
        assertThat(AddressText.of(null)).isEmpty();
        assertThat(AddressText.of(UnixDomainSocketAddress.of(""))).isEmpty();
    }
}
