package io.teleport.socket;

import io.netty.channel.local.LocalAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Addresses as Go writes them: {@code 127.0.0.1:9090}, {@code [::1]:9090}. */
final class AddressText {

    private AddressText() {}

    static String of(SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            String host = inet.getAddress() == null
                    ? inet.getHostString()
                    : inet.getAddress().getHostAddress();
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + inet.getPort();
        }
        return address instanceof LocalAddress local ? local.id() : String.valueOf(address);
    }
}
