package io.teleport.socket;

import io.netty.channel.local.LocalAddress;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Addresses as Go writes them: {@code 127.0.0.1:9090}, {@code [::1]:9090}, {@code /run/a.sock}. */
final class AddressText {

    private AddressText() {}

    /** Empty for an end that has no address, as that of a Unix socket that dials */
    static String of(@Nullable SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            String host = inet.getAddress() == null ? inet.getHostString() : text(inet.getAddress());
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + inet.getPort();
        }
        if (address instanceof LocalAddress local) {
            return local.id();
        }
        return address == null ? "" : address.toString();
    }

    private static String text(InetAddress address) {
        String withZone = address.getHostAddress();
        int zone = withZone.indexOf('%');
        return NetUtil.toAddressString(address) + (zone < 0 ? "" : withZone.substring(zone));
    }
}
