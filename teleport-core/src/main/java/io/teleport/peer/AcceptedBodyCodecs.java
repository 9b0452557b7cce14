package io.teleport.peer;

import io.teleport.codec.BodyCodec;
import io.teleport.codec.BodyCodecs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The codecs a peer uses, out of those registered. */
final class AcceptedBodyCodecs {

    private AcceptedBodyCodecs() {}

    /** @throws IllegalArgumentException if the options accept a codec, or have one for default, that there is not */
    static BodyCodecs of(PeerOptions options) {
        List<BodyCodec> registered = options.bodyCodecs();
        Map<String, String> absent = new HashMap<>();
        for (OptionalBodyCodec codec : OptionalBodyCodec.values()) {
            absent.put(codec.codecName(), codec.advice());
        }
        BodyCodecs all = BodyCodecs.of(registered, absent);
        Set<String> accepted = options.acceptedBodyCodecs();
        if (accepted.isEmpty()) {
            return all;
        }
        accepted.forEach(all::byName);
        registered.forEach(codec -> absent.put(codec.name(), "it is not among the accepted body codecs"));
        return BodyCodecs.of(
                registered.stream()
                        .filter(codec -> accepted.contains(codec.name()))
                        .toList(),
                absent);
    }
}
