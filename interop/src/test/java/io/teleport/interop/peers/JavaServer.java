package io.teleport.interop.peers;

import io.teleport.peer.Peer;
import io.teleport.session.Session;
import java.util.List;

/** A Java peer that listens. */
public final class JavaServer extends JavaSide implements ServerSide {

    private final ServerRoutes routes = new ServerRoutes(recorder);

    private final String address;

    public JavaServer(Wire wire) {
        this(wire, wire.carrier().javaListen(), Equipment.NONE);
    }

    /** @param listen where, in Java's words */
    public JavaServer(Wire wire, String listen, Equipment equipment) {
        super(wire, true, Peer.builder().name("server").listen(listen), equipment);
        routes.register(peer.router());
        new StructRoutes(recorder).register(peer.router());
        peer.start();
        this.address = wire.carrier().address(peer);
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public String awaitSession() {
        return recorder.opened.await("open session", any -> true).id();
    }

    private List<Session> sessions() {
        return peer.sessions().stream().toList();
    }

    @Override
    public void pushAll(String method, String text) {
        sessions().forEach(session -> session.push(method, text));
    }

    @Override
    public List<Outcome<Integer>> callAll(String method, int... numbers) {
        Ask<Integer> ask = Ask.of(method, numbers, Integer.class);
        List<Answer<Integer>> answers = sessions().stream()
                .map(session -> answer(request(session, ask).callAsync(numbers, Integer.class)))
                .toList();
        return answers.stream().map(Answer::await).toList();
    }

    @Override
    public void endAll(Ending how) {
        sessions().forEach(session -> end(session, how));
    }

    @Override
    public void shutDown() {
        peer.close();
    }

    @Override
    public void close() {
        routes.wakeSleepers();
        super.close();
    }
}
