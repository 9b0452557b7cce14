package io.teleport.codec.json;

import io.teleport.codec.ScalarText;
import io.teleport.message.WireText;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.util.JsonGeneratorDelegate;

/**
 * Writes numbers as Go's encoding/json does: {@code 42} for a whole double, which Go would not read into an integer as {@code 42.0}; no NaN and no
 * infinities. Bytes that were no UTF-8 become U+FFFD.
 */
final class GoJsonGenerator extends JsonGeneratorDelegate {

    GoJsonGenerator(JsonGenerator delegate) {
        super(delegate, false);
    }

    @Override
    public JsonGenerator writeNumber(double number) {
        refuseNotFinite(number);
        delegate.writeNumber(ScalarText.of(number));
        return this;
    }

    @Override
    public JsonGenerator writeNumber(float number) {
        refuseNotFinite(number);
        delegate.writeNumber(ScalarText.of(number));
        return this;
    }

    private void refuseNotFinite(double number) {
        if (!Double.isFinite(number)) {
            throw new StreamWriteException(delegate, "unsupported value: " + ScalarText.of(number));
        }
    }

    @Override
    public JsonGenerator writeArray(double[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        writeStartArray(array, length);
        for (int i = offset; i < offset + length; i++) {
            writeNumber(array[i]);
        }
        return writeEndArray();
    }

    @Override
    public JsonGenerator writeString(String text) {
        delegate.writeString(text == null ? null : WireText.withoutLoneSurrogates(text));
        return this;
    }

    @Override
    public JsonGenerator writeName(String name) {
        delegate.writeName(WireText.withoutLoneSurrogates(name));
        return this;
    }
}
