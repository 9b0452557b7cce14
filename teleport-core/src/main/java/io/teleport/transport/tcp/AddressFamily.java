package io.teleport.transport.tcp;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Which addresses of a host are used. */
enum AddressFamily {
    ANY("tcp", InetAddress.class, "address"),
    V4("tcp4", Inet4Address.class, "IPv4 address"),
    V6("tcp6", Inet6Address.class, "IPv6 address");

    private final String scheme;

    private final Class<? extends InetAddress> type;

    private final String what;

    AddressFamily(String scheme, Class<? extends InetAddress> type, String what) {
        this.scheme = scheme;
        this.type = type;
        this.what = what;
    }

    String scheme() {
        return scheme;
    }

    boolean has(InetAddress address) {
        return type.isInstance(address);
    }

    /**
     * The addresses of a host that are of this family, at least one. Asks the name service, and waits for it.
     *
     * @throws UnknownHostException telling what there is instead
     */
    List<InetAddress> resolve(String host) throws UnknownHostException {
        InetAddress[] found = InetAddress.getAllByName(host);
        List<InetAddress> fitting = Arrays.stream(found).filter(this::has).toList();
        if (fitting.isEmpty()) {
            throw new UnknownHostException(
                    "host '" + host + "' has no " + what + " (found: " + Arrays.toString(found) + ")");
        }
        return fitting;
    }
}
