package io.teleport.sample.chat;

import io.teleport.session.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Who is in which room. A session is one member in one room; it leaves when it ends. Thread-safe. */
@Component
class ChatRooms {

    record Member(Session session, String name, String room) {}

    private final Map<Session, Member> members = new ConcurrentHashMap<>();

    /** Puts the session into a room, out of the one it was in. */
    void join(Session session, String name, String room) {
        boolean first = members.put(session, new Member(session, name, room)) == null;
        if (first) {
            // Registered after the entry was made, so an end that comes between the two is not missed.
            session.closeFuture().thenAccept(cause -> members.remove(session));
        }
    }

    Optional<Member> member(Session session) {
        return Optional.ofNullable(members.get(session));
    }

    List<Member> inRoom(String room) {
        return members.values().stream()
                .filter(member -> member.room().equals(room))
                .toList();
    }
}
