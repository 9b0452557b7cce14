package io.teleport.sample.demo;

import io.teleport.boot.client.TeleportClient;
import io.teleport.boot.handler.CallMapping;
import io.teleport.sample.chat.JoinRequest;
import io.teleport.sample.chat.SayRequest;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;

/** The chat as an interface; its connection is logged in with the token of {@code teleport.peers.demo-chat}. */
@TeleportClient(peer = "demo-chat")
@ConditionalOnBooleanProperty("sample.demo")
interface ChatClient {

    @CallMapping("/chat/join")
    List<String> join(JoinRequest request);

    @CallMapping("/chat/say")
    int say(SayRequest request);

    @CallMapping("/chat/members")
    List<String> members();
}
