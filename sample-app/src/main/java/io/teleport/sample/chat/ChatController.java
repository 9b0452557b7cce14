package io.teleport.sample.chat;

import io.teleport.boot.handler.CallMapping;
import io.teleport.boot.handler.TeleportController;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.sample.chat.ChatRooms.Member;
import io.teleport.session.Principal;
import io.teleport.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;

@TeleportController(
        value = "chat",
        peers = {"chat", "browser"})
@Profile("!fleet")
class ChatController {

    private static final Logger log = LoggerFactory.getLogger(ChatController.class);

    private final ChatRooms rooms;

    ChatController(ChatRooms rooms) {
        this.rooms = rooms;
    }

    /** Joins a room under the name of the login, and tells who is in it. */
    @CallMapping
    List<String> join(JoinRequest request, Session session, Principal user) {
        rooms.join(session, user.name(), required("room", request.room()));
        return members(session);
    }

    /** Tells everybody in the room, the speaker included, and how many that were. */
    @CallMapping
    int say(SayRequest request, Session session) {
        Member speaker = memberOf(session);
        ChatMessage message = new ChatMessage(speaker.room(), speaker.name(), required("text", request.text()));
        int reached = 0;
        for (Member member : rooms.inRoom(speaker.room())) {
            try {
                member.session().push("/chat/message", message);
                reached++;
            } catch (StatusException e) {
                // One member on a broken line must not keep the others from hearing.
                log.info("{} was not reached: {}", member.name(), e.status());
            }
        }
        return reached;
    }

    /** Names of those in the caller's room, sorted. */
    @CallMapping
    List<String> members(Session session) {
        return rooms.inRoom(memberOf(session).room()).stream()
                .map(Member::name)
                .distinct()
                .sorted()
                .toList();
    }

    private Member memberOf(Session session) {
        return rooms.member(session)
                .orElseThrow(() ->
                        new StatusException(StatusCode.BAD_MESSAGE, "Bad Message", "call /chat/join before this"));
    }

    private static String required(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new StatusException(StatusCode.BAD_MESSAGE, "Bad Message", field + " is missing or blank");
        }
        return value;
    }
}
