package io.teleport.codec.form;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.util.JsonGeneratorDelegate;
import tools.jackson.databind.util.TokenBuffer;

/** Lets through an object whose fields are values or lists of values; a form has no more levels. */
final class FormFields extends JsonGeneratorDelegate {

    private static final int LEVEL_OF_THE_OBJECT = 1;

    private static final int LEVEL_OF_LISTS = 2;

    FormFields(TokenBuffer target) {
        super(target, false);
    }

    @Override
    public JsonGenerator writeStartArray() {
        refuseBelow(LEVEL_OF_LISTS);
        return super.writeStartArray();
    }

    @Override
    public JsonGenerator writeStartArray(Object list) {
        refuseBelow(LEVEL_OF_LISTS);
        return super.writeStartArray(list);
    }

    @Override
    public JsonGenerator writeStartArray(Object list, int length) {
        refuseBelow(LEVEL_OF_LISTS);
        return super.writeStartArray(list, length);
    }

    @Override
    public JsonGenerator writeStartObject() {
        refuseBelow(LEVEL_OF_THE_OBJECT);
        return super.writeStartObject();
    }

    @Override
    public JsonGenerator writeStartObject(Object value) {
        refuseBelow(LEVEL_OF_THE_OBJECT);
        return super.writeStartObject(value);
    }

    @Override
    public JsonGenerator writeStartObject(Object value, int size) {
        refuseBelow(LEVEL_OF_THE_OBJECT);
        return super.writeStartObject(value, size);
    }

    private void refuseBelow(int level) {
        if (streamWriteContext().getNestingDepth() >= level) {
            throw new StreamWriteException(this, "a form has values and lists of values");
        }
    }
}
