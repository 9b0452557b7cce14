package io.teleport.session;

import io.teleport.message.Status;
import java.util.List;
import java.util.Set;

/**
 * What became of a push to principals.
 *
 * @param delivered sessions that accepted it for sending; whether it arrived nobody says, as with every push
 * @param offline principals that have no open session at this peer
 * @param refused sessions that are open and did not accept it
 */
public record PushReport(int delivered, Set<String> offline, List<Refusal> refused) {

    public PushReport {
        offline = Set.copyOf(offline);
        refused = List.copyOf(refused);
    }

    /**
     * A session that did not accept the push.
     *
     * @param principal whose session it is
     * @param session its id
     * @param status why: 104 if the message cannot be packed or too much waits already, or what a plugin refused with
     */
    public record Refusal(String principal, String session, Status status) {}
}
