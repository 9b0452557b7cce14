package io.teleport.interop.peers;

import java.util.stream.Stream;

/**
 * What the two ends of a pairing speak. The names are those of both implementations.
 *
 * @param codec codec of every body that is not sent in another one on purpose
 */
public record Wire(String network, String protocol, String codec) {

    /** All that are tested. Each runs every case. */
    public static Stream<Wire> all() {
        return Stream.of("raw", "json", "protobuf", "thrift-binary", "http")
                .map(protocol -> new Wire("tcp", protocol, "json"));
    }

    /** A Java peer's address for {@code host:port}. */
    String address(String hostAndPort) {
        return network + "://" + hostAndPort;
    }

    @Override
    public String toString() {
        return network + "/" + protocol + "/" + codec;
    }
}
