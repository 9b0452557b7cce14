package io.teleport.interop.peers;

import io.teleport.interop.bodies.BodyForm;
import io.teleport.interop.bodies.Sample;
import io.teleport.message.Metadata;

/**
 * A CALL whose handler has begun, or a PUSH.
 *
 * @param session id of the session at the receiving side
 * @param codec codec id of the body
 * @param filters filter ids as characters, outermost first; of a CALL only
 * @param text body of a PUSH, JSON if it is a sample; empty for a CALL
 */
public record Received(String method, String session, int codec, String filters, Metadata metadata, String text) {

    public Received {
        metadata = asSent(metadata);
    }

    /** What the case has sent: a Java peer adds how long it waits, and once that it understands announced shutdowns. */
    static Metadata asSent(Metadata metadata) {
        return metadata.toBuilder()
                .remove("X-Timeout-Ms")
                .remove("X-Accept-Goaway")
                .build();
    }

    /** The sample that a PUSH carried. */
    public Sample sample(BodyForm<?> form) {
        return sampleOf(form.told());
    }

    private <T> Sample sampleOf(BodyForm<T> form) {
        return form.read().apply(GoJson.read(text, form.type()));
    }
}
