package io.teleport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoomsTests {

    @ParameterizedTest
    @CsvSource({
        "io.teleport.peer, io.teleport.peer",
        "io.teleport.peer, io.teleport.message",
        "io.teleport.plugin, io.teleport.router",
        "io.teleport.router, io.teleport.session",
        "io.teleport.session, io.teleport.socket",
        "io.teleport.socket, io.teleport.transport",
        "io.teleport.transport, io.teleport.protocol",
        "io.teleport.protocol, io.teleport.filter",
        "io.teleport.filter, io.teleport.codec",
        "io.teleport.codec, io.teleport.message",
        "io.teleport.protocol.raw, io.teleport.protocol",
        "io.teleport.protocol.raw, io.teleport.message",
        "io.teleport.plugin.auth, io.teleport.session",
        "io.teleport.transport.tcp.native, io.teleport.transport.tcp",
        "io.teleport.peer, io.teleport.protocol.raw",
        "io.teleport, io.teleport.peer",
        "io.teleport, io.teleport.codec.json",
    })
    void aPackageKnowsItsOwnRoomAndThoseBelow(String knower, String known) {
        assertThat(Rooms.mayKnow(knower, known)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "io.teleport.message, io.teleport.codec",
        "io.teleport.socket, io.teleport.session",
        "io.teleport.router, io.teleport.plugin",
        "io.teleport.message, io.teleport.peer",
        "io.teleport.codec.json, io.teleport.filter",
        "io.teleport.message, io.teleport",
    })
    void noPackageKnowsARoomAbove(String knower, String known) {
        assertThat(Rooms.mayKnow(knower, known)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "io.teleport.protocol.raw, io.teleport.protocol.json",
        "io.teleport.protocol, io.teleport.protocol.raw",
        "io.teleport.session, io.teleport.protocol.raw",
        "io.teleport.protocol.json, io.teleport.codec.json",
        "io.teleport.transport.tcp, io.teleport.transport.tcp.native",
        "io.teleport.protocols, io.teleport.protocol",
        "io.teleport.protocol.raw, io.teleport.attic",
    })
    void noPackageKnowsAnImplementationInAnotherRoom(String knower, String known) {
        assertThat(Rooms.mayKnow(knower, known)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.teleport.attic", "io.teleport.protocols", "io.teleporter.peer", "org.example.peer"})
    void aPackageOutsideTheRoomsIsNotPlanned(String packageName) {
        assertThat(Rooms.isPlanned(packageName)).isFalse();
    }
}
