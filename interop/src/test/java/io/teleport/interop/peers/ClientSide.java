package io.teleport.interop.peers;

import io.teleport.interop.bodies.BodyForm;
import io.teleport.interop.bodies.Sample;
import io.teleport.message.Status;
import java.util.List;

/** The end that connected, with one session. Its routes: CALL {@code /client/add}, and every PUSH. */
public interface ClientSide extends Side {

    String sessionId();

    /** Waits until the connection is lost and a round of dialing again has failed. */
    void awaitRedialing();

    /** Sends a call; calls that have begun run at the same time. */
    <T> Answer<T> begin(Ask<T> ask);

    default <T> Outcome<T> call(Ask<T> ask) {
        return begin(ask).await();
    }

    /** The form in which this side wants samples for a codec. */
    BodyForm<?> form(BodyForm<?> codec);

    /** Sends a call with a sample; the result is one, too. */
    default Answer<Sample> begin(String method, BodyForm<?> codec, Sample sample, String filters) {
        return beginWith(form(codec), method, sample, filters);
    }

    private <T> Answer<Sample> beginWith(BodyForm<T> form, String method, Sample sample, String filters) {
        Ask<T> ask = Ask.of(method, form.write().apply(sample), form.type());
        Answer<T> answer = begin(ask.codec(form.codec()).filters(filters));
        return () -> answer.await().map(form.read());
    }

    /** Gives what the sender of a PUSH with a sample learns. */
    default Status push(String method, BodyForm<?> codec, Sample sample, String filters) {
        Ask<Void> ask = Ask.of(method, form(codec).write().apply(sample), Void.class);
        return push(ask.codec(codec.codec()).filters(filters));
    }

    /** Whether a sample with a text of so many letters comes back changed as it should. */
    Outcome<Boolean> callBig(String method, BodyForm<?> codec, int size, String filters);

    /** Gives what the sender of a PUSH learns. */
    Status push(Ask<?> ask);

    /** Sends bytes as they are under a codec id, known to the other side or not; perhaps over a session of its own. */
    Outcome<byte[]> callBytes(String method, byte[] body, int codecId, String filters);

    /** Whether so many random bytes come back from {@code /echo/bytes} as they were; perhaps over a session of its own. */
    Outcome<Boolean> callBig(int size, String filters);

    /** Calls {@code /math/add} with these bytes as JSON, then once more, properly, with 1, 2 and 3, on the same session. */
    List<Outcome<Integer>> callBadly(byte[] body);

    /** Makes so many different calls at once on one session. */
    Many callMany(Many.Kind kind, int count);

    /** Begins to end the session. */
    void end(Ending how);
}
