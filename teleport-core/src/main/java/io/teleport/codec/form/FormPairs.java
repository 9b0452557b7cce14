package io.teleport.codec.form;

import io.teleport.codec.CodecException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the pairs of a form: the values of each key, in the order of the text. */
final class FormPairs {

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private int count;

    private FormPairs() {}

    /** @throws CodecException if the text is not a form or is beyond a limit of {@link FormBodyCodec} */
    static Map<String, List<String>> read(byte[] form) {
        FormPairs pairs = new FormPairs();
        int start = 0;
        for (int i = 0; i <= form.length; i++) {
            if (i == form.length || form[i] == '&') {
                if (i > start) {
                    pairs.add(form, start, i);
                }
                start = i + 1;
            }
        }
        return pairs.values;
    }

    private void add(byte[] form, int from, int to) {
        if (++count > FormBodyCodec.MAX_PAIRS) {
            throw new CodecException("form: more than " + FormBodyCodec.MAX_PAIRS + " pairs");
        }
        int equals = to;
        for (int i = to - 1; i >= from; i--) {
            if (form[i] == ';') {
                throw new CodecException("form: invalid semicolon separator in query");
            }
            if (form[i] == '=') {
                equals = i;
            }
        }
        try {
            String key = FormText.read(form, from, equals);
            if (key.length() > FormBodyCodec.MAX_KEY_LENGTH) {
                throw new CodecException("form: a key is longer than " + FormBodyCodec.MAX_KEY_LENGTH + " characters");
            }
            String value = equals == to ? "" : FormText.read(form, equals + 1, to);
            values.computeIfAbsent(key, absent -> new ArrayList<>(1)).add(value);
        } catch (IllegalArgumentException e) {
            throw new CodecException("form: " + e.getMessage(), e);
        }
    }
}
