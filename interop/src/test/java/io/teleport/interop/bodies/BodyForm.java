package io.teleport.interop.bodies;

import com.google.protobuf.DescriptorProtos.GeneratedCodeInfo.Annotation;
import java.util.List;
import java.util.function.Function;

/**
 * A codec and the Java type in which it carries a {@link Sample}.
 *
 * @param codec name
 * @param type what handlers take and callers ask for
 * @param <T> the same
 */
public record BodyForm<T>(String codec, Class<T> type, Function<Sample, T> write, Function<T, Sample> read) {

    private static final int FAILURE_OF_TEXT = 1234;

    /** Text only: the number and the list of its samples are none. */
    private static final BodyForm<String> PLAIN =
            new BodyForm<>("plain", String.class, Sample::text, text -> new Sample(text, 0, List.of()));

    /** A message that everybody has, with a text, a number and a list; {@code go-peer} has the same fields. */
    private static final BodyForm<Annotation> PROTOBUF = new BodyForm<>(
            "protobuf",
            Annotation.class,
            sample -> Annotation.newBuilder()
                    .setSourceFile(sample.text())
                    .setBegin(sample.number())
                    .addAllPath(sample.list())
                    .build(),
            message -> new Sample(message.getSourceFile(), message.getBegin(), message.getPathList()));

    public static final BodyForm<ThriftSample> THRIFT =
            new BodyForm<>("thrift", ThriftSample.class, ThriftSample::of, ThriftSample::sample);

    /** All that are tested. */
    public static final List<BodyForm<?>> ALL =
            List.of(ofRecord("json"), PLAIN, ofRecord("form"), ofRecord("xml"), PROTOBUF, THRIFT);

    private static BodyForm<Sample> ofRecord(String codec) {
        return new BodyForm<>(codec, Sample.class, Function.identity(), Function.identity());
    }

    /** The same codec for a peer that is told of samples in JSON: the Go peer. */
    public BodyForm<?> told() {
        return isText() ? this : ofRecord(codec);
    }

    private boolean isText() {
        return type.equals(String.class);
    }

    /** The sample with this text that the codec can carry. */
    public Sample sample(int number, String text) {
        return isText() ? PLAIN.read.apply(text) : new Sample(text, number, List.of(1, 2, 3));
    }

    /** What becomes of a sample that Go writes: its form codec writes lists backwards. */
    public Sample writtenByGo(Sample sample) {
        return codec.equals("form") ? sample.reversed() : sample;
    }

    /** Route of a CALL that answers {@link Sample#changed()}. */
    public String change() {
        return isText() ? "/text/change" : "/" + codec + "/struct/change";
    }

    /** Route of a CALL that answers an error: a code, the sample's text, and {@code as asked for}. */
    public String fail() {
        return isText() ? "/text/fail" : "/" + codec + "/struct/fail";
    }

    /** Code of that error: the sample's number; of text, which has none, always the same. */
    public int failure(Sample sample) {
        return isText() ? FAILURE_OF_TEXT : sample.number();
    }

    /** Route of a PUSH. */
    public String push() {
        return isText() ? "/status" : "/" + codec + "/struct_push/status";
    }
}
